package io.deepsuite.devstack.cli;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.keycloak.DemoUsers;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.keycloak.TokenClient;
import io.deepsuite.devstack.layout.Addresses;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.layout.StackState;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Prints a token of a demo user, bound to the demo application's certificate, and nothing else. */
final class TokenCommand {
    private final StackDirectory directory;
    private final PrintStream out;

    TokenCommand(StackDirectory directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    int run(List<String> arguments) {
        var roles = Arrays.stream(Role.values()).map(Role::roleName).collect(Collectors.joining(", "));
        var role = arguments.stream().findFirst().flatMap(Role::named);
        if (role.isEmpty() || arguments.size() != 1) {
            System.err.println("deepsuite: usage: deepsuite token ROLE, with one of these roles: " + roles);
            return 2;
        }
        var addresses = new Addresses(StackState.load(directory).ports());
        var certificates = directory.certificates();
        var application = new Identity(
                "demo-app",
                certificates.resolve("demo-app.crt"),
                certificates.resolve("demo-app.key"),
                certificates.resolve("ca.crt"));
        var username = role.get().username();
        var token = new TokenClient(addresses.keycloak())
                .passwordGrant(
                        application, TokenClient.COMMAND_LINE, username, new DemoUsers(directory).password(username));
        if (token.isBlank()) {
            throw new DevstackException("Keycloak gave an empty token");
        }
        out.println(token);
        return 0;
    }
}
