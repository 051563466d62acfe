package io.deepsuite.devstack.keycloak;

import java.util.Arrays;
import java.util.Optional;

/** Realm roles of people, each with the demo user who has exactly that one. */
public enum Role {
    MODEL_USER("model-user", "mei", "Mei", "Lin"),
    MODEL_ADMIN("model-admin", "adam", "Adam", "Novak"),
    DATA_ENGINEER("data-engineer", "dana", "Dana", "Ortiz"),
    SRE("sre", "samuel", "Samuel", "Okafor"),
    AUDITOR("auditor", "aiko", "Aiko", "Tanaka"),
    PRIVACY_OFFICER("privacy-officer", "paula", "Paula", "Weber");

    private final String roleName;
    private final String username;
    private final String firstName;
    private final String lastName;

    Role(String roleName, String username, String firstName, String lastName) {
        this.roleName = roleName;
        this.username = username;
        this.firstName = firstName;
        this.lastName = lastName;
    }

    /** The role's name in tokens. */
    public String roleName() {
        return roleName;
    }

    /** Log-in name of the demo user. */
    public String username() {
        return username;
    }

    String firstName() {
        return firstName;
    }

    String lastName() {
        return lastName;
    }

    /** The role of a name; empty if there is none. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.roleName.equals(name))
                .findFirst();
    }
}
