package io.deepsuite.devstack.keycloak;

import io.deepsuite.devstack.layout.StackDirectory;

/** Passwords of the demo users: random, made once, one private file each. */
public final class DemoUsers {
    /** For tests: nobody else is asked about this person, so that she can be erased. */
    public static final String TEST_PERSON = "erika";

    private final StackDirectory directory;

    public DemoUsers(StackDirectory directory) {
        this.directory = directory;
    }

    /** The password of a demo user. */
    public String password(String username) {
        return StackDirectory.read(directory.secret("demo-user-" + username));
    }
}
