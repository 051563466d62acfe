package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Kustomize;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second region is what the gate of {@code k8s/failover} asks for. */
class StandbyTest {

    private static final Map<String, String> FIRST_REGIONS_TOPICS = Map.of(
            "DEEPSUITE_JOURNAL_TOPIC", "deepsuite.audit.v1",
            "DEEPSUITE_SUBJECT_TOPIC", "deepsuite.audit.subject-keys.v1");

    @ParameterizedTest
    @MethodSource("services")
    void waitsWithoutAPodAndKnowsHowManyItShallHave(String service) {
        // When
        var waiting = one("StatefulSet", service);
        var serving = one(Kustomize.render("overlays/production"), "StatefulSet", service);

        // Then
        assertThat(waiting.at("/spec/replicas").asInt(-1)).isZero();
        assertThat(waiting.at("/metadata/annotations")
                        .path("deepsuite.io/replicas")
                        .asInt())
                .isEqualTo(serving.at("/spec/replicas").asInt(3));
    }

    @ParameterizedTest
    @MethodSource("services")
    void writesToTopicsThatThereAreAndThatAreItsOwn(String service) {
        FIRST_REGIONS_TOPICS.forEach((setting, first) -> {
            // When
            var topic = one("ConfigMap", service).text("/data/" + setting);

            // Then
            assertThat(topic).startsWith(first + ".");
            assertThat(standby())
                    .filteredOn(object -> object.is("KafkaTopic"))
                    .extracting(object -> object.text("/spec/topicName"))
                    .contains(topic);
            assertThat(one("KafkaUser", service).each("/spec/authorization/acls"))
                    .extracting(acl -> acl.at("/resource/name").asText())
                    .contains(topic)
                    .doesNotContain(first);
        });
    }

    @Test
    void itsDatabasesFollow() {
        assertThat(standby())
                .filteredOn(object -> object.is("Cluster") && !object.name().equals("keycloak-db"))
                .hasSize(2)
                .allSatisfy(cluster -> {
                    assertThat(cluster.at("/spec/replica/enabled").asBoolean()).isTrue();
                    assertThat(cluster.text("/spec/bootstrap/pg_basebackup/source"))
                            .isEqualTo(cluster.text("/spec/replica/source"))
                            .isEqualTo(cluster.text("/spec/externalClusters/0/name"));
                });
    }

    @Test
    void nothingMigratesADatabaseThatCannotBeWritten() {
        assertThat(standby())
                .filteredOn(object -> object.is("Job"))
                .hasSize(2)
                .allMatch(job -> job.at("/spec/suspend").asBoolean());
    }

    @Test
    void itsScalerIsPaused() {
        assertThat(one("ScaledObject", "model-service")
                        .at("/metadata/annotations")
                        .path("autoscaling.keda.sh/paused-replicas")
                        .asText())
                .isEqualTo("0");
    }

    @Test
    void itsBackupsDoNotOverwriteTheFirstRegions() {
        assertThat(destinations(standby()))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(destinations(Kustomize.render("overlays/production")));
    }

    static Stream<String> services() {
        return Repository.SERVICES.stream();
    }

    private static List<String> destinations(List<Manifest> objects) {
        return objects.stream()
                .filter(object -> object.is("ObjectStore"))
                .map(object -> object.text("/spec/configuration/destinationPath"))
                .toList();
    }

    private static List<Manifest> standby() {
        return Kustomize.render("overlays/standby");
    }

    private static Manifest one(String kind, String name) {
        return one(standby(), kind, name);
    }

    private static Manifest one(List<Manifest> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.is(kind) && object.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
    }
}
