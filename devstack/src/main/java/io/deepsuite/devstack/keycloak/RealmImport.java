package io.deepsuite.devstack.keycloak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.StackDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The realm of the repository, plus what only a development stack has: demo users, and clients with faults for tests. */
final class RealmImport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONSOLE_OF_A_CLUSTER = "https://audit.example.com/console/";

    private final ObjectNode realm;

    private RealmImport(ObjectNode realm) {
        this.realm = realm;
    }

    /** @param realmFile what Keycloak's operator imports in a cluster; the realm stands under {@code spec.realm} */
    static RealmImport of(Path realmFile) {
        try {
            return new RealmImport((ObjectNode)
                    JSON.readTree(realmFile.toFile()).required("spec").required("realm"));
        } catch (IOException e) {
            throw new DevstackException("cannot read the realm " + realmFile + ": " + e.getMessage(), e);
        }
    }

    /** @param password gives a demo user's password for the log-in name */
    RealmImport withDemoUsers(Function<String, String> password) {
        for (var role : Role.values()) {
            user(role.username(), role.firstName(), role.lastName(), role, password);
        }
        return this;
    }

    /** Somebody whom a test may erase: see {@link DemoUsers#TEST_PERSON}. */
    RealmImport withTestPerson(Function<String, String> password) {
        user(DemoUsers.TEST_PERSON, "Erika", "Mustermann", Role.MODEL_USER, password);
        return this;
    }

    private void user(
            String username, String firstName, String lastName, Role role, Function<String, String> password) {
        var user = realm.withArray("users").addObject();
        user.put("username", username)
                .put("firstName", firstName)
                .put("lastName", lastName)
                .put("email", username + "@example.org")
                .put("emailVerified", true)
                .put("enabled", true);
        user.putArray("realmRoles").add(role.roleName());
        user.putArray("credentials").addObject().put("type", "password").put("value", password.apply(username));
    }

    /** @param audit where the audit service is reached here; the realm names the host that a cluster has */
    RealmImport withAuditConsoleAt(URI audit) {
        try {
            var here = realm.toString().replace(CONSOLE_OF_A_CLUSTER, audit + "/console/");
            return new RealmImport((ObjectNode) JSON.readTree(here));
        } catch (IOException e) {
            throw new IllegalStateException("the realm is no JSON with the address " + audit, e);
        }
    }

    /** Copies of the command line's client, each with one fault: see {@link TokenClient}. */
    RealmImport withFaultyClients() {
        var clients = realm.withArray("clients");
        for (var name : List.of(TokenClient.OTHER_AUDIENCE, TokenClient.SHORT_LIVED, TokenClient.UNBOUND)) {
            var client = commandLineClient(clients).deepCopy();
            client.put("clientId", name).put("name", "For tests only");
            var attributes = client.withObject("attributes");
            switch (name) {
                case TokenClient.OTHER_AUDIENCE -> changeAudience(client);
                case TokenClient.SHORT_LIVED -> attributes.put("access.token.lifespan", "2");
                default -> attributes.put("tls.client.certificate.bound.access.tokens", "false");
            }
            clients.add(client);
        }
        return this;
    }

    /** Writes the file that Keycloak imports; its owner alone can read it, as it holds passwords. */
    void write(Path file) {
        StackDirectory.writePrivate(file, realm.toPrettyString());
    }

    private static void changeAudience(ObjectNode client) {
        for (var mapper : client.withArray("protocolMappers")) {
            if (mapper.path("config").has("included.custom.audience")) {
                ((ObjectNode) mapper.path("config")).put("included.custom.audience", "another-application");
            }
        }
    }

    private static ObjectNode commandLineClient(ArrayNode clients) {
        for (var client : clients) {
            if (client.path("clientId").asText().equals(TokenClient.COMMAND_LINE)) {
                return (ObjectNode) client;
            }
        }
        throw new DevstackException("the realm has no client " + TokenClient.COMMAND_LINE);
    }
}
