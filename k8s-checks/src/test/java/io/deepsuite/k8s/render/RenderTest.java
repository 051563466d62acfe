package io.deepsuite.k8s.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RenderTest {

    @ParameterizedTest
    @MethodSource
    void everyBaseRenders(String folder) {
        assertThat(Kustomize.render(folder)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void everyComponentRendersWithTheServices(String folder) {
        // Given
        var without = Kustomize.render(Kustomize.bases(), List.of());

        // When
        var with = Kustomize.render(Kustomize.bases(), List.of(folder));

        // Then
        assertThat(with).as("%s changes something", folder).isNotEqualTo(without);
    }

    static Stream<String> everyBaseRenders() {
        return Repository.kustomizations("base", "Kustomization").stream();
    }

    static Stream<String> everyComponentRendersWithTheServices() {
        return Repository.kustomizations("components", "Component").stream();
    }
}
