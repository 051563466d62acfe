package io.deepsuite.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deepsuite.audit.checkpoint.MemoryCheckpoints;
import io.deepsuite.audit.checkpoint.TestPublishing;
import io.deepsuite.audit.seal.LogDamagedException;
import io.deepsuite.audit.seal.MemoryLogs;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.audit.seal.TestNames;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogResourceTest {

    private static final UriInfo WITHOUT_PARAMETERS = (UriInfo) Proxy.newProxyInstance(
            UriInfo.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (_, _, _) -> new MultivaluedHashMap<>());

    @TempDir
    Path root;

    private final MemoryLogs logs = new MemoryLogs();
    private final MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    private final SealConfig names = new TestNames();
    private TestPublishing publishing;
    private AuditLogResource resource;

    @BeforeEach
    @SuppressWarnings("NullAway") // what is null writes bundles and their records
    void create() throws GeneralSecurityException {
        publishing = new TestPublishing(root, logs, checkpoints, names);
        resource = new AuditLogResource(
                logs,
                checkpoints,
                publishing.directory(),
                publishing.keys(),
                publishing.state(),
                null,
                names,
                null,
                null,
                InstantSource.system());
    }

    @Test
    void listsALogWhoseRowsAreGone() throws Exception {
        // Given
        logs.grow(0, 2);
        logs.grow(1, 3);
        publishing.run();
        logs.delete(0);
        publishing.run();

        // When
        var listed = resource.list(WITHOUT_PARAMETERS).logs();

        // Then
        assertThat(listed).extracting(ProofAnswers.Log::log).containsExactly(0, 1);
        assertThat(listed).extracting(ProofAnswers.Log::treeSize).containsExactly(0L, 3L);
        assertThat(listed)
                .extracting(ProofAnswers.Log::damage)
                .containsExactly("log 0, size 0: a checkpoint of size 2 was published", null);
    }

    @Test
    void exportsNothingWithoutALogWhoseCheckpointsTheDatabaseLost() throws Exception {
        // Given
        logs.grow(0, 2);
        logs.grow(1, 3);
        publishing.run();
        logs.delete(0);
        checkpoints.delete(0);

        // When
        assertThatExceptionOfType(LogDamagedException.class)
                .isThrownBy(() -> resource.bundle(WITHOUT_PARAMETERS))
                // Then
                .withMessage("log 0: checkpoints of it were published, and the database has none")
                .satisfies(failure -> {
                    var told = Failures.classify(failure, true);
                    assertThat(told.reason()).isEqualTo(ErrorReason.LOG_DAMAGED);
                    assertThat(told.detail()).isEqualTo(failure.getMessage());
                    assertThat(told.metadata()).isEqualTo(Map.of("log", "0"));
                });
    }
}
