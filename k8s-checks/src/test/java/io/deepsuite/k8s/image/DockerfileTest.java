package io.deepsuite.k8s.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Kustomize;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DockerfileTest {

    @ParameterizedTest
    @MethodSource("io.deepsuite.k8s.image.Dockerfile#all")
    void keepsEveryRule(Path file) {
        assertThat(read(file).problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void aNativeServiceHasNothingBesideItself(String service) {
        assertThat(read(Path.of(service, "Dockerfile")).isFromScratch()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("services")
    void servicesDifferInTheirNameOnly(String service) {
        assertThat(Stream.of("Dockerfile", "Dockerfile.jvm"))
                .allSatisfy(file -> assertThat(text(service, file))
                        .isEqualTo(text("audit-service", file).replace("audit-service", service)));
    }

    @Test
    void everyImageOfOursThatIsDeployedCanBeBuilt() {
        assertThat(Stream.of("dev", "staging", "production")
                        .flatMap(stage -> Kustomize.render("overlays/" + stage).stream())
                        .flatMap(manifest -> Stream.of("containers", "initContainers")
                                .flatMap(kind -> Manifest.elements(
                                        manifest.at("/spec/template/spec").path(kind))))
                        .map(container -> container.path("image").asText())
                        .filter(image -> image.startsWith("deepsuite/"))
                        .map(image -> image.substring("deepsuite/".length(), image.indexOf(':')))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(module ->
                        assertThat(Repository.path(module + "/Dockerfile")).exists());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FROM ${BASE_IMAGE}                       | FROM ubi9                             | base ubi9 is not pinned
            FROM ${BASE_IMAGE}                       | FROM redhat/ubi9-micro:latest         | is not pinned
            FROM ${BASE_IMAGE}                       | FROM registry.example.com/x:1         | names a registry
            USER 65532:65532                         | USER root                             | does not end as user 65532:65532
            ENTRYPOINT ["java",                      | ENTRYPOINT java #                     | ENTRYPOINT needs a shell
            COPY model-service/src/main/resources/db | COPY model-service/src/main/resources/sql | which is not there
            WORKDIR /tmp                             | ADD x.tar /                           | ADD unpacks
            """)
    void seesAFault(String right, String wrong, String expected) {
        // Given
        var text = Repository.read(Repository.path("migrations/Dockerfile"));
        assertThat(text).contains(right);

        // When
        var problems = Dockerfile.parse(text.replace(right, wrong)).problems();

        // Then
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @Test
    void leavesSecretsAndBuildsOutOfTheContext() {
        assertThat(Repository.read(Repository.path(".dockerignore")).lines().toList())
                .containsAll(List.of(".git", ".deepsuite", "**/target"));
    }

    static Stream<String> services() {
        return Repository.SERVICES.stream();
    }

    private static String text(String service, String file) {
        return Repository.read(Repository.path(service + '/' + file));
    }

    private static Dockerfile read(Path file) {
        return Dockerfile.parse(Repository.read(Repository.path(file.toString())));
    }
}
