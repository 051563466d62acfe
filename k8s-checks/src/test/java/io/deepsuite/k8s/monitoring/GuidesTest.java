package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people follow by hand has to lead somewhere. */
class GuidesTest {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]+]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern FILE_IN_COMMAND = Pattern.compile("(?<![\\w/.$-])k8s/[A-Za-z0-9_./-]*[A-Za-z0-9_-]");

    @ParameterizedTest
    @ValueSource(
            strings = {"docs/deploy.md", "docs/runbook.md", "docs/metrics.md", "k8s/README.md", "k8s-checks/README.md"})
    void everyLinkLeadsSomewhere(String page) {
        var file = Repository.path(page);
        for (var link : matches(LINK, Repository.read(file))) {
            var parts = link.split("#", 2);
            var target =
                    parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
            assertThat(target).as("%s of %s", link, page).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).as("%s of %s", link, page).contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/deploy.md", "docs/runbook.md"})
    void everyFileOfACommandExists(String page) {
        var text = Repository.read(Repository.path(page)).replace("overlays/$stage", "overlays/production");

        assertThat(FILE_IN_COMMAND.matcher(text).results().map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Repository.path(file)).exists());
    }

    @Test
    void theGuideNamesEverySecretThatIsGiven() {
        // Given
        var guide = Repository.read(Repository.path("docs/deploy.md"));
        var given =
                Yaml.documents(Repository.read(Repository.k8s("given.yaml"))).getFirst();

        // Then
        assertThat(Manifest.elements(given.path("secrets")))
                .allSatisfy(secret -> assertThat(guide)
                        .contains("`" + secret.path("name").asText() + "`")
                        .contains("`" + secret.path("namespace").asText() + "`"));
    }

    /** A stage needs the operators of its components, and the guide says of each component where it is explained. */
    @Test
    void theReadmeListsEveryComponent() {
        var readme = Repository.read(Repository.k8s("README.md"));

        assertThat(Repository.kustomizations("components", "Component"))
                .map(component -> component.replaceAll("^(components/[^/]+).*", "$1"))
                .allSatisfy(component -> assertThat(readme)
                        .containsPattern(Pattern.quote(component) + "|" + Pattern.quote(name(component))));
    }

    private static String name(String component) {
        return "`" + component.substring(component.indexOf('/') + 1) + "`";
    }

    /** Anchors as they are made of headings: lower case, words joined by hyphens, no other signs. */
    private static List<String> anchors(Path file) {
        return Files.isDirectory(file)
                ? List.of()
                : matches(HEADING, Repository.read(file)).stream()
                        .map(heading -> heading.toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                .replace(' ', '-'))
                        .toList();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .flatMap(match -> Stream.of(match).filter(link -> !link.contains("://")))
                .collect(Collectors.toList());
    }

    /** The order of the guide is that of its headings. */
    @Test
    void stepsAreNumbered() {
        var steps = Arrays.stream(
                        Repository.read(Repository.path("docs/deploy.md")).split("\n", -1))
                .filter(line -> line.matches("## \\d+\\. .*"))
                .map(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .toList();

        assertThat(steps).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }
}
