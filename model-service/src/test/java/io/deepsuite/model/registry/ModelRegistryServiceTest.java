package io.deepsuite.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.model.testing.Configs;
import io.deepsuite.model.testing.Versions;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRegistryServiceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final ResourceName.OfModel MODEL = new ResourceName.OfModel("tiny-translate");
    private static final String ENGINE = "https://127.0.0.1:18451";

    private final MemoryModelStore store = new MemoryModelStore();
    private final RouteTable routes = new RouteTable(store);
    private final ModelRegistryService registry =
            new ModelRegistryService(store, routes, Configs.of(RegistryConfig.class), InstantSource.fixed(NOW));

    @Test
    void aStableVersionAnswersAsSoonAsTheAliasIsSet() {
        // Given
        registry.createModel(MODEL, "Translates");
        registry.createVersion(Versions.version("1.0.0", ENGINE));

        // When
        var model = registry.setAlias(MODEL, "stable", SemanticVersion.parse("1.0.0"), "");

        // Then
        assertThat(model.aliases()).containsEntry("stable", "1.0.0");
        assertThat(routes.resolve("tiny-translate").version()).hasToString("1.0.0");
        assertThat(routes.resolve("tiny-translate@1.0.0").createTime()).isEqualTo(NOW);
    }

    @Test
    void inferenceGoesOnFromMemoryWhenTheDatabaseIsDown() {
        // Given
        registry.createModel(MODEL, "");
        registry.createVersion(Versions.version("1.0.0", ENGINE));
        registry.setAlias(MODEL, "stable", SemanticVersion.parse("1.0.0"), "");

        // When
        store.goDown();

        // Then
        assertFails(ErrorReason.DATABASE_UNAVAILABLE, routes::refresh);
        assertThat(routes.resolve("tiny-translate").version()).hasToString("1.0.0");
        assertFails(ErrorReason.DATABASE_UNAVAILABLE, () -> registry.getModel(MODEL));
    }

    @Test
    void aRouteTableThatWasNeverReadSaysSo() {
        assertThat(routes.loaded()).isFalse();
        assertFails(ErrorReason.DATABASE_UNAVAILABLE, () -> routes.resolve("tiny-translate"));
    }

    @Test
    void namesWhatIsNotThere() {
        // Given
        registry.createModel(MODEL, "");

        // Then
        assertFails(ErrorReason.MODEL_NOT_FOUND, () -> routes.resolve("other"));
        assertFails(ErrorReason.MODEL_VERSION_NOT_FOUND, () -> routes.resolve("tiny-translate"));
        assertFails(ErrorReason.MODEL_VERSION_NOT_FOUND, () -> routes.resolve("tiny-translate@9.9.9"));
        assertFails(
                ErrorReason.MODEL_VERSION_NOT_FOUND,
                () -> registry.getVersion(
                        new ResourceName.OfVersion("tiny-translate", SemanticVersion.parse("9.9.9"))));
        assertFails(
                ErrorReason.MODEL_NOT_FOUND,
                () -> registry.getVersion(new ResourceName.OfVersion("other", SemanticVersion.parse("9.9.9"))));
    }

    @Test
    void refusesAnEtagThatIsNotTheModels() {
        // Given
        var created = registry.createModel(MODEL, "");
        registry.createVersion(Versions.version("1.0.0", ENGINE));
        registry.setAlias(MODEL, "stable", SemanticVersion.parse("1.0.0"), created.etag());

        // Then
        assertFails(
                ErrorReason.ETAG_MISMATCH,
                () -> registry.setAlias(MODEL, "stable", SemanticVersion.parse("1.0.0"), created.etag()));
    }

    @Test
    void listsVersionsHighestFirstPageByPage() {
        // Given
        registry.createModel(MODEL, "");
        Stream.of("0.9.0", "1.0.0-rc.1", "1.10.0", "1.0.0", "1.2.0")
                .forEach(version -> registry.createVersion(Versions.version(version, ENGINE)));
        var seen = new ArrayList<String>();
        var token = "";

        // When
        do {
            var page = registry.listVersions(MODEL, 2, token);
            page.items().forEach(version -> seen.add(version.version().toString()));
            token = page.nextToken();
        } while (!token.isEmpty());

        // Then
        assertThat(seen).containsExactly("1.10.0", "1.2.0", "1.0.0", "1.0.0-rc.1", "0.9.0");
    }

    @Test
    void listsModelsByNamePageByPage() {
        // Given
        List.of("b", "c", "a").forEach(id -> registry.createModel(new ResourceName.OfModel(id), ""));

        // When
        var first = registry.listModels(2, "");
        var second = registry.listModels(2, first.nextToken());

        // Then
        assertThat(first.items()).map(RegisteredModel::id).containsExactly("a", "b");
        assertThat(second.items()).map(RegisteredModel::id).containsExactly("c");
        assertThat(second.nextToken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "bW9kZWxz", "%%%", "bW9kZWxzCmEKZGVhZGJlZWY"})
    void refusesAPageTokenThatIsNotItsOwn(String token) {
        assertFails(ErrorReason.PAGE_TOKEN_INVALID, () -> registry.listModels(2, token));
    }

    @Test
    void refusesAPageTokenOfAnotherList() {
        // Given
        List.of("a", "b", "tiny-translate").forEach(id -> registry.createModel(new ResourceName.OfModel(id), ""));
        var token = registry.listModels(1, "").nextToken();

        // Then
        assertFails(ErrorReason.PAGE_TOKEN_INVALID, () -> registry.listVersions(MODEL, 1, token));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1001})
    void refusesAPageSizeOutsideItsRange(int size) {
        assertFails(ErrorReason.VALUE_INVALID, () -> registry.listModels(size, ""));
    }

    @ParameterizedTest
    @MethodSource("badEngines")
    void refusesAnEngineAddressThatIsNoBaseAddress(String address) {
        // Given
        registry.createModel(MODEL, "");

        // Then
        assertFails(ErrorReason.VALUE_INVALID, () -> registry.createVersion(Versions.version("1.0.0", address)));
    }

    static Stream<String> badEngines() {
        return Stream.of(
                "http://127.0.0.1:1",
                "https://",
                "https://u:p@h:1",
                "https://h/path",
                "https://h?q",
                "h:1",
                "",
                "ftp://h");
    }

    @Test
    void refusesAVersionWithoutEngines() {
        // Given
        registry.createModel(MODEL, "");

        // Then
        assertFails(ErrorReason.VALUE_INVALID, () -> registry.createVersion(Versions.version("1.0.0")));
    }

    @Test
    void refusesWhatExists() {
        // Given
        registry.createModel(MODEL, "");
        registry.createVersion(Versions.version("1.0.0", ENGINE));

        // Then
        assertFails(ErrorReason.MODEL_EXISTS, () -> registry.createModel(MODEL, ""));
        assertFails(ErrorReason.MODEL_VERSION_EXISTS, () -> registry.createVersion(Versions.version("1.0.0", ENGINE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-translate", "models/", "models/A", "models/a/b", "models/-a", "models/a b", "x/a"})
    void refusesAModelNameOfAnotherForm(String name) {
        assertFails(ErrorReason.VALUE_INVALID, () -> ResourceName.model("name", name));
    }

    @Test
    void namesModelsAndVersionsForOpenAiClients() {
        // Given
        registry.createModel(MODEL, "");
        registry.createVersion(Versions.version("0.9.0", ENGINE));
        registry.createVersion(Versions.version("1.0.0", ENGINE));
        registry.setAlias(MODEL, "stable", SemanticVersion.parse("1.0.0"), "");

        // When
        var entries = routes.entries();

        // Then
        assertThat(entries)
                .map(RouteTable.Entry::reference)
                .containsExactly("tiny-translate", "tiny-translate@1.0.0", "tiny-translate@0.9.0");
    }

    private static void assertFails(ErrorReason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}
