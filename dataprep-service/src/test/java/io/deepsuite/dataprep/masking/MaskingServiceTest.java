package io.deepsuite.dataprep.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.dataprep.vault.SealedVault;
import io.deepsuite.dataprep.vault.TestVaults;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskingServiceTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecordingAudit audit = new RecordingAudit();

    @TempDir
    private Path directory;

    private MaskingService service;

    @BeforeEach
    void start() throws IOException {
        service = new MaskingService(
                new TestConfig(3, 100, 1, 1),
                TestVaults.in(directory),
                new MaskingMetrics(registry),
                Clock.systemUTC());
    }

    @Test
    void unmasksWhatItMasked() {
        var masked = service.mask("default", List.of("请联系 13812345678 重启推理服务"), audit);

        assertThat(masked.text().texts()).containsExactly("请联系 TEL-1001 重启推理服务");
        assertThat(service.unmask("default", "Call TEL-1001.", masked.vault(), audit)
                        .text())
                .isEqualTo("Call 13812345678.");
    }

    @Test
    void tellsTheAuditKindsAndCountsAndNoValues() {
        service.mask("default", List.of("zhang@a.cn 13812345678", "13812345678"), audit);

        assertThat(audit.attributes)
                .isEqualTo(Map.of("entity_types", "CHINESE_MOBILE_NUMBER,EMAIL", "item_count", "3"));
    }

    @Test
    void tellsTheAuditWhatWasRestored() {
        var masked = service.mask("default", List.of("zhang@a.cn 13812345678"), audit);

        service.unmask("default", "TEL-1002 TEL-1002", masked.vault(), audit);

        assertThat(audit.attributes).isEqualTo(Map.of("entity_types", "CHINESE_MOBILE_NUMBER", "item_count", "2"));
    }

    @Test
    void unmasksNothingWithTheEmptyVault() {
        var restored = service.unmask("default", "TEL-1001", SealedVault.EMPTY, audit);

        assertThat(restored.text()).isEqualTo("TEL-1001");
        assertThat(restored.restored()).isZero();
    }

    @Test
    void refusesAVaultOfAnotherTenant() {
        var vault = service.mask("one", List.of("13812345678"), audit).vault();

        assertRefused(ErrorReason.VAULT_INVALID, () -> service.unmask("two", "TEL-1001", vault, audit));
    }

    @Test
    void refusesCallsBeyondItsBounds() {
        assertRefused(ErrorReason.VALUE_INVALID, () -> service.mask("default", List.of(), audit));
        assertRefused(ErrorReason.TEXTS_TOO_MANY, () -> service.mask("default", Collections.nCopies(4, "a"), audit));
        assertRefused(
                ErrorReason.TEXT_TOO_LONG,
                () -> service.mask("default", List.of("中".repeat(20), "é".repeat(21)), audit));
        assertRefused(
                ErrorReason.TEXT_TOO_LONG,
                () -> service.unmask("default", "😀".repeat(25) + "a", SealedVault.EMPTY, audit));
        assertThat(service.unmask("default", "😀".repeat(25), SealedVault.EMPTY, audit)
                        .text())
                .hasSize(50);
    }

    @Test
    void countsOccurrencesByKindAndBytesByMethod() {
        service.mask("default", List.of("中13812345678", "13812345678 a@b.cn"), audit);

        assertThat(registry.counter("deepsuite.masking.masked", "entity_type", "chinese_mobile_number")
                        .count())
                .isEqualTo(2);
        assertThat(registry.counter("deepsuite.masking.masked", "entity_type", "email")
                        .count())
                .isEqualTo(1);
        assertThat(registry.counter("deepsuite.masking.bytes", "method", "mask").count())
                .isEqualTo(32);
        assertThat(registry.timer("deepsuite.masking.duration", "method", "mask")
                        .count())
                .isEqualTo(1);
    }

    private static void assertRefused(ErrorReason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DeepsuiteException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
