package io.deepsuite.k8s.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RenderTest {

    @ParameterizedTest
    @MethodSource
    void everyFolderRenders(String folder) {
        assertThat(Kustomize.render(folder)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("components")
    void everyComponentRendersWithTheServices(String component) {
        assertThat(Suite.with(component).manifests()).isNotEmpty();
    }

    static Stream<String> everyFolderRenders() {
        return Stream.of("base", "overlays", "argo-cd")
                .flatMap(folder -> Repository.kustomizations(folder, "Kustomization").stream());
    }

    static Stream<String> components() {
        return Repository.kustomizations("components", "Component").stream();
    }
}
