package io.deepsuite.bench.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.bench.subject.StackSubjects;
import io.deepsuite.devstack.layout.StackDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleEventsTest {

    private static final int EVENTS = 2_000;

    @TempDir
    private Path directory;

    @Test
    void haveTheirKeysBeforeTheFirstOfThem() {
        // Given
        var events = new SampleEvents(1, EVENTS, StackSubjects.of(new StackDirectory(directory)));
        var keys = events.keys().stream().map(SubjectKey::getKeyId).collect(Collectors.toSet());
        var sealed = new ArrayList<AuditEvent>();

        // When
        for (int partition = 0; partition < SampleEvents.PARTITIONS; partition++) {
            events.of(partition, sealed::add);
        }

        // Then
        assertThat(sealed).hasSize(SampleEvents.PARTITIONS * EVENTS).allSatisfy(event -> {
            assertThat(keys).contains(event.getPersonal().getKeyId());
            assertThat(event.getActor().getId() + event.getActor().getName()).isEmpty();
        });
        assertThat(events.keys()).hasSameSizeAs(keys);
    }
}
