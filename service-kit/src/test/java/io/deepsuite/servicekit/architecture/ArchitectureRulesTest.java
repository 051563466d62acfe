package io.deepsuite.servicekit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.deepsuite.audit.broken.BrokenResource;
import io.deepsuite.audit.cycle.Cycle;
import io.deepsuite.model.broken.BrokenGrpcService;
import io.deepsuite.model.broken.BrokenService;
import io.deepsuite.model.broken.Settings;
import io.deepsuite.model.util.Strings;
import io.deepsuite.servicekit.broken.BrokenKit;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that cannot fail guards nothing. */
class ArchitectureRulesTest {

    private static final JavaClasses BROKEN = new ClassFileImporter()
            .importClasses(
                    BrokenService.class,
                    Settings.class,
                    BrokenGrpcService.class,
                    Strings.class,
                    BrokenResource.class,
                    Cycle.class,
                    BrokenKit.class);

    @ParameterizedTest
    @MethodSource("rules")
    void eachRuleFailsOnCodeThatBreaksIt(String name) throws ReflectiveOperationException {
        // Given
        var rule = (ArchRule) ArchitectureRules.class.getDeclaredField(name).get(null);

        // When
        var result = rule.evaluate(BROKEN);

        // Then
        assertThat(result.hasViolation()).as(rule.getDescription()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("entryPoints")
    void bothKindsOfEntryPointAreFoundOpen(String method) {
        assertThat(ArchitectureRules.everyMethodSaysWhoMayCallIt
                        .evaluate(BROKEN)
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains(method));
    }

    static Stream<String> rules() {
        return Arrays.stream(ArchitectureRules.class.getDeclaredFields())
                .filter(field -> field.getType().equals(ArchRule.class))
                .map(field -> field.getName());
    }

    static Stream<String> entryPoints() {
        return Stream.of("BrokenGrpcService.read", "BrokenResource.read");
    }
}
