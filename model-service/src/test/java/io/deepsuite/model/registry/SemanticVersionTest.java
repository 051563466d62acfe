package io.deepsuite.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

    /** The order of Semantic Versioning 2.0.0, section 11, items 2 to 4. */
    private static final List<String> IN_ORDER = List.of(
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "2.0.0",
            "2.1.0",
            "2.1.1");

    @Test
    void ordersTheSpecificationsExamples() {
        // Given
        var shuffled =
                new ArrayList<>(IN_ORDER.stream().map(SemanticVersion::parse).toList());
        Collections.shuffle(shuffled, new Random(7));

        // When
        Collections.sort(shuffled);

        // Then
        assertThat(shuffled).map(SemanticVersion::toString).isEqualTo(IN_ORDER);
    }

    @Test
    void buildMetadataDoesNotCountForPrecedence() {
        // Given
        var left = SemanticVersion.parse("1.0.0+20130313144700");
        var right = SemanticVersion.parse("1.0.0+exp.sha.5114f85");

        // When
        var precedence = left.comparePrecedence(right);

        // Then
        assertThat(precedence).isZero();
        assertThat(left).isNotEqualTo(right).isNotEqualByComparingTo(right);
    }

    @Test
    void comparesNumbersOfAnySize() {
        assertThat(SemanticVersion.parse("99999999999999999999999.999999999999999999.99999999999999999"))
                .isGreaterThan(SemanticVersion.parse("9999999999999999999999.0.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.4",
                "1.1.2-prerelease+meta",
                "1.0.0-0A.is.legal",
                "1.0.0-alpha0.valid",
                "2.0.0-rc.1+build.123",
                "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
                "1.0.0+0.build.1-rc.10000aaa-kk-0.1"
            })
    void readsAndWritesEveryValidForm(String text) {
        assertThat(SemanticVersion.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3-0123",
                "1.2.3-0123.0123",
                "1.1.2+.123",
                "+invalid",
                "-invalid",
                "alpha",
                "1.0.0-alpha..1",
                "01.1.1",
                "1.01.1",
                "1.1.01",
                "1.2.3.DEV",
                "1.2-SNAPSHOT",
                "v1.0.0",
                "1.0.0 ",
                "1.0.0-",
                "1.0.0+",
                "１.0.0"
            })
    void refusesWhatIsNoVersion(String text) {
        assertThatThrownBy(() -> SemanticVersion.parse(text))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ErrorReason.VALUE_INVALID));
    }

    @Test
    void refusesAVersionThatIsTooLong() {
        // Given
        var text = "1.0.0-" + Stream.generate(() -> "a").limit(200).reduce("", String::concat);

        // Then
        assertThatThrownBy(() -> SemanticVersion.parse(text)).isInstanceOf(DeepsuiteException.class);
    }
}
