package io.deepsuite.devstack.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deepsuite.devstack.layout.Installation;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealmImportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void everyRoleHasADemoUserWithThatRoleAlone() throws Exception {
        var realm = written(RealmImport.of(Installation.find().realm()).withDemoUsers(name -> "password of " + name));

        for (var role : Role.values()) {
            var user = named(realm.path("users"), "username", role.username());
            assertThat(user.path("realmRoles")).hasSize(1);
            assertThat(user.path("realmRoles").path(0).asText()).isEqualTo(role.roleName());
            assertThat(user.path("credentials").path(0).path("value").asText())
                    .isEqualTo("password of " + role.username());
        }
    }

    @Test
    void realmOfTheRepositoryHoldsNoPeopleAndNoSecrets() throws Exception {
        var realm = ofTheRepository();

        assertThat(realm.findValues("credentials")).isEmpty();
        assertThat(realm.findValues("secret")).isEmpty();
        for (var user : realm.path("users")) {
            assertThat(user.has("serviceAccountClientId")).isTrue();
        }
    }

    @Test
    void everyClientOfTheRealmBindsItsTokensToACertificate() throws Exception {
        var realm = ofTheRepository();

        for (var client : realm.path("clients")) {
            assertThat(client.path("attributes")
                            .path("tls.client.certificate.bound.access.tokens")
                            .asText())
                    .as(client.path("clientId").asText())
                    .isEqualTo("true");
        }
    }

    @Test
    void auditConsoleIsReachedWhereTheStackHasIt() throws Exception {
        var realm = written(
                RealmImport.of(Installation.find().realm()).withAuditConsoleAt(URI.create("https://127.0.0.1:18444")));
        var console = named(realm.path("clients"), "clientId", "audit-console");

        assertThat(console.path("redirectUris")).hasSize(1);
        assertThat(console.path("redirectUris").path(0).asText()).isEqualTo("https://127.0.0.1:18444/console/callback");
        assertThat(console.path("attributes").path("post.logout.redirect.uris").asText())
                .isEqualTo("https://127.0.0.1:18444/console/signed-out");
        assertThat(console.path("attributes").path("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
        assertThat(realm.toString()).doesNotContain("audit.example.com");
    }

    @Test
    void faultyClientsHaveOneFaultEach() throws Exception {
        var realm = written(RealmImport.of(Installation.find().realm()).withFaultyClients());
        var clients = realm.path("clients");

        assertThat(audiences(named(clients, "clientId", TokenClient.OTHER_AUDIENCE)))
                .containsExactly("another-application");
        assertThat(audiences(named(clients, "clientId", TokenClient.UNBOUND))).containsExactly("deepsuite");
        assertThat(named(clients, "clientId", TokenClient.SHORT_LIVED)
                        .path("attributes")
                        .path("access.token.lifespan")
                        .asText())
                .isEqualTo("2");
    }

    private static JsonNode ofTheRepository() throws Exception {
        var realm = JSON.readTree(Installation.find().realm().toFile()).at("/spec/realm");
        assertThat(realm.path("clients")).isNotEmpty();
        assertThat(realm.path("users")).isNotEmpty();
        return realm;
    }

    private JsonNode written(RealmImport realm) throws Exception {
        var file = folder.resolve("realm.json");
        realm.write(file);
        return JSON.readTree(file.toFile());
    }

    private static List<String> audiences(JsonNode client) {
        var audiences = new ArrayList<String>();
        for (var mapper : client.path("protocolMappers")) {
            var audience = mapper.path("config").path("included.custom.audience");
            if (!audience.isMissingNode()) {
                audiences.add(audience.asText());
            }
        }
        return audiences;
    }

    private static JsonNode named(JsonNode array, String field, String name) {
        for (var element : array) {
            if (element.path(field).asText().equals(name)) {
                return element;
            }
        }
        throw new AssertionError("no " + field + " " + name);
    }
}
