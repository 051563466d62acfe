package io.deepsuite.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.checkpoint.MemoryCheckpoints;
import io.deepsuite.audit.checkpoint.TestPublishing;
import io.deepsuite.audit.completeness.NoSources;
import io.deepsuite.audit.seal.MemoryLogs;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.audit.seal.TestNames;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusServiceTest {

    @TempDir
    Path root;

    private final MemoryLogs logs = new MemoryLogs();
    private final MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    private final SealConfig names = new TestNames();
    private TestPublishing publishing;
    private StatusService service;

    @BeforeEach
    void create() throws GeneralSecurityException {
        publishing = new TestPublishing(root, logs, checkpoints, names);
        service = new StatusService(logs, checkpoints, publishing.keys(), publishing.state(), new NoSources(), names);
    }

    @Test
    void isGoodWhileEveryLogIsAsItWasSigned() throws Exception {
        // Given
        logs.grow(0, 2);
        logs.grow(1, 3);
        publishing.run();
        logs.grow(1, 4);

        // When
        var status = service.status();

        // Then
        assertThat(status.good()).isTrue();
        assertThat(status.entries()).isEqualTo(6);
        assertThat(status.logs()).extracting(StatusService.Log::signedSize).containsExactly(2L, 3L);
    }

    @Test
    void showsALogWhoseRowsAreGone() throws Exception {
        // Given
        logs.grow(0, 2);
        logs.grow(1, 3);
        publishing.run();
        logs.delete(0);

        // When
        var before = service.status();
        publishing.run();
        var after = service.status();

        // Then
        assertThat(before.logs()).extracting(StatusService.Log::isBroken).containsExactly(true, false);
        assertThat(before.logs().getFirst().damage()).contains("0 hashes (expected: at least 2)");
        assertThat(after.broken()).isEqualTo(1);
        assertThat(after.logs().getFirst().damage()).isEqualTo("log 0, size 0: a checkpoint of size 2 was published");
    }

    @Test
    void showsALogOfWhichTheDatabaseHasNothingAtAll() throws Exception {
        // Given
        logs.grow(0, 2);
        logs.grow(1, 3);
        publishing.run();
        logs.delete(0);
        checkpoints.delete(0);
        publishing.run();

        // When
        var status = service.status();

        // Then
        assertThat(status.good()).isFalse();
        assertThat(status.logs())
                .extracting(StatusService.Log::origin)
                .containsExactly(names.origin(0), names.origin(1));
        assertThat(status.logs()).extracting(StatusService.Log::isBroken).containsExactly(true, false);
    }

    @Test
    void showsACutLogBeforeTheNextCheckpointIsDue() throws Exception {
        // Given
        logs.grow(0, 3);
        publishing.run();

        // When
        logs.cut(0, 2);

        // Then
        assertThat(service.status().broken()).isEqualTo(1);
    }
}
