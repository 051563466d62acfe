package io.deepsuite.k8s.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A component for storage says where volumes are, and means all of them. */
class StorageTest {

    @ParameterizedTest
    @CsvSource({"components/storage/local-path, local-path", "components/storage/ceph-rbd, deepsuite-rbd"})
    void everyVolumeIsOfTheComponentsClass(String component, String storageClass) {
        // Given
        var suite = Suite.with("components/audit-archive", component);

        // When
        var volumes = suite.manifests().stream().flatMap(StorageTest::volumes).toList();

        // Then
        assertThat(volumes)
                .extracting(Volume::name)
                .contains(
                        "StatefulSet deepsuite-audit/audit-service journal",
                        "StatefulSet deepsuite-audit/audit-service checkpoints");
        assertThat(volumes)
                .allSatisfy(volume ->
                        assertThat(volume.storageClass()).as(volume.name()).isEqualTo(storageClass));
    }

    private static Stream<Volume> volumes(Manifest manifest) {
        return switch (manifest.kind()) {
            case "StatefulSet" ->
                manifest.each("/spec/volumeClaimTemplates")
                        .map(claim -> new Volume(
                                manifest.id() + " " + claim.at("/metadata/name").asText(),
                                claim.at("/spec/storageClassName").asText()));
            case "PersistentVolumeClaim" ->
                Stream.of(new Volume(manifest.id(), manifest.text("/spec/storageClassName")));
            case "Cluster" ->
                Stream.of("storage", "walStorage")
                        .map(manifest.at("/spec")::path)
                        .filter(JsonNode::isObject)
                        .map(storage -> new Volume(
                                manifest.id(), storage.path("storageClass").asText()));
            case "KafkaNodePool" ->
                manifest.each("/spec/storage/volumes")
                        .map(volume ->
                                new Volume(manifest.id(), volume.path("class").asText()));
            default -> Stream.empty();
        };
    }

    private record Volume(String name, String storageClass) {}
}
