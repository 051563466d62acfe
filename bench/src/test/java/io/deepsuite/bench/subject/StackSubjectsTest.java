package io.deepsuite.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.journal.subject.SubjectConfig;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StackSubjectsTest {

    @Test
    void differsFromTheJournalsDefaultsInItsFilesOnly() throws Exception {
        // When
        var subjects = new StackSubjects(Path.of("hash-key"), Path.of("wrapping-keys"));

        // Then
        assertThat(subjects.topic()).isEqualTo(valueByDefault("topic"));
        assertThat(subjects.keyLifetime()).isEqualTo(Duration.parse(valueByDefault("keyLifetime")));
        assertThat(subjects.keysAtHand()).isEqualTo(Integer.parseInt(valueByDefault("keysAtHand")));
    }

    private static String valueByDefault(String property) throws NoSuchMethodException {
        return SubjectConfig.class
                .getMethod(property)
                .getAnnotation(WithDefault.class)
                .value();
    }
}
