package io.deepsuite.k8s.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Suite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final String DEVSTACK = "devstack/src/main/java/io/deepsuite/devstack/";

    @Test
    void theAuthorityHasTheNameThatTheRealmTrusts() {
        // Given
        var suite = Suite.with();
        var authority = only(suite, "Certificate", "deepsuite-root").text("/spec/commonName");

        // When
        var trusted = only(suite, "KeycloakRealmImport", "deepsuite")
                .each("/spec/realm/clients")
                .map(client ->
                        client.path("attributes").path("x509.casubjectdn").asText(""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());

        // Then
        assertThat(trusted).containsExactly("CN=" + authority);
        assertThat(Repository.read(Repository.path(DEVSTACK + "certificate/CertificateAuthority.java")))
                .contains("\"" + authority + "\"");
    }

    @Test
    void everyWorkloadOfTheRealmHasACertificateOfItsName() {
        var suite = Suite.with();

        var names = suite.manifests().stream()
                .filter(manifest -> manifest.is("Certificate"))
                .map(manifest -> "CN=" + manifest.text("/spec/commonName"))
                .toList();

        assertThat(only(suite, "KeycloakRealmImport", "deepsuite")
                        .each("/spec/realm/clients")
                        .map(client ->
                                client.path("attributes").path("x509.subjectdn").asText(""))
                        .filter(name -> !name.isEmpty())
                        .distinct())
                .hasSize(Repository.SERVICES.size())
                .isSubsetOf(names);
    }

    @Test
    void topicsAreThoseOfTheStackOnOneMachine() {
        // Given
        var setup = Repository.read(Repository.path(DEVSTACK + "kafka/KafkaSetup.java"));

        // When
        var topics = Suite.with().manifests().stream()
                .filter(manifest -> manifest.is("KafkaTopic"))
                .toList();

        // Then
        assertThat(topics).hasSize(4).allSatisfy(topic -> {
            assertThat(setup).contains("\"" + topic.name() + "\"");
            assertThat(topic.at("/spec/replicas").asInt())
                    .isGreaterThan(topic.at("/spec/config/min.insync.replicas").asInt());
        });
        assertThat(setup)
                .contains(
                        "AUDIT_TOPIC, Optional.of(3)",
                        "DEAD_LETTER_TOPIC, Optional.of(1)",
                        "SUBJECT_KEY_TOPIC, Optional.of(3)");
        assertThat(only(Suite.with(), "KafkaTopic", "deepsuite.audit.v1")
                        .at("/spec/partitions")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void everyServiceMayWriteEventsAndOnlyTheStoreMayReadThem() {
        var users = Suite.with().manifests().stream()
                .filter(manifest -> manifest.is("KafkaUser"))
                .toList();

        assertThat(users.stream().map(Manifest::name)).containsExactlyInAnyOrderElementsOf(Repository.SERVICES);
        assertThat(users).allSatisfy(user -> {
            var topic = operations(user, "topic", "deepsuite.audit.v1");
            assertThat(topic).contains("Write", "Describe");
            assertThat(topic.contains("Read")).isEqualTo(user.name().equals("audit-service"));
            var keys = operations(user, "topic", "deepsuite.audit.subject-keys.v1");
            assertThat(keys).contains("Write", "Describe");
            assertThat(keys.contains("Read")).isEqualTo(user.name().equals("audit-service"));
            assertThat(user.text("/spec/authentication/type")).isEqualTo("tls-external");
        });
    }

    @Test
    void everyRouteSplitsTrafficAlike() {
        // Given
        var routes = Stream.of(
                        "components/gateway-api/passthrough", "components/gateway-api/terminating", "components/istio")
                .flatMap(component -> Suite.with(component, "components/canary").manifests().stream())
                .filter(manifest -> Set.of("TLSRoute", "HTTPRoute", "GRPCRoute", "VirtualService")
                        .contains(manifest.kind()))
                .toList();

        // When
        var weights = routes.stream()
                .map(route -> Stream.concat(route.each("/spec/rules/0/backendRefs"), route.each("/spec/tls/0/route"))
                        .map(backend -> backend.path("weight").asInt())
                        .toList())
                .toList();

        // Then
        assertThat(routes.stream().map(Manifest::kind))
                .containsExactlyInAnyOrder("TLSRoute", "HTTPRoute", "GRPCRoute", "VirtualService");
        assertThat(weights).allSatisfy(split -> assertThat(split).containsExactly(90, 10));
    }

    @Test
    void noRouteCutsAStreamBeforeAnHour() {
        assertThat(only(Suite.with("components/gateway-api/terminating"), "HTTPRoute", "model-service")
                        .text("/spec/rules/0/timeouts/request"))
                .isEqualTo("3600s");
    }

    @Test
    void aDatabaseKnowsTheCertificatesOfItsServiceAndItsOwnersJobsOnly() {
        var suite = Suite.with();
        var furtherJobs = Map.of("audit-service", List.of("workload audit-archive audit_service_owner"));
        for (var service : Set.of("model-service", "audit-service")) {
            var role = service.replace('-', '_');
            assertThat(only(suite, "Cluster", service + "-db")
                            .each("/spec/postgresql/pg_ident")
                            .map(JsonNode::asText))
                    .containsExactlyElementsOf(Stream.concat(
                                    Stream.of(
                                            "workload %s %s".formatted(service, role),
                                            "workload %s-migration %s_owner".formatted(service, role)),
                                    furtherJobs.getOrDefault(service, List.of()).stream())
                            .toList());
            assertThat(only(suite, "Cluster", service + "-db")
                            .each("/spec/postgresql/pg_hba")
                            .map(JsonNode::asText)
                            .toList())
                    .endsWith("host all all all reject");
        }
    }

    private static Set<String> operations(Manifest user, String type, String name) {
        return user.each("/spec/authorization/acls")
                .filter(acl -> acl.at("/resource/type").asText().equals(type))
                .filter(acl -> acl.at("/resource/name").asText().equals(name))
                .flatMap(acl -> Manifest.elements(acl.path("operations")))
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Manifest only(Suite suite, String kind, String name) {
        return suite.manifests().stream()
                .filter(manifest -> manifest.is(kind) && manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
    }
}
