package io.deepsuite.dataprep.masking;

import io.deepsuite.dataprep.masking.Unmasker.Restored;
import io.deepsuite.dataprep.vault.SealedVault;
import io.deepsuite.dataprep.vault.Vaults;
import io.deepsuite.journal.scope.AuditScope;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.privacy.EntityType;
import io.deepsuite.servicekit.privacy.PersonalDataScanner;
import io.deepsuite.servicekit.privacy.Placeholder;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Masks and unmasks within the configured bounds; tells the audit scope how much of which kinds, never what. Takes processor time: not for event loops. */
@Singleton
public class MaskingService {

    private final MaskingConfig config;
    private final Vaults vaults;
    private final MaskingMetrics metrics;
    private final Masker masker;

    MaskingService(MaskingConfig config, Vaults vaults, MaskingMetrics metrics, InstantSource clock) {
        this.config = config;
        this.vaults = vaults;
        this.metrics = metrics;
        this.masker = new Masker(new PersonalDataScanner(clock));
    }

    /** What a call to mask gives. */
    record Masked(MaskedText text, SealedVault vault) {}

    /**
     * Masks the texts of one call.
     *
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} if there is no text, {@link ErrorReason#TEXTS_TOO_MANY} or
     *     {@link ErrorReason#TEXT_TOO_LONG} beyond the configured bounds
     */
    Masked mask(String tenant, List<String> texts, AuditScope audit) {
        checkCount(texts.size());
        long bytes = checkedBytes("texts", texts);
        return metrics.timed(MaskingMetrics.MASK, bytes, () -> {
            var masked = masker.mask(texts);
            var values = new LinkedHashMap<Placeholder, String>();
            masked.values().forEach(value -> values.put(value.placeholder(), value.value()));
            var vault = vaults.seal(tenant, values);
            int occurrences = 0;
            for (MaskedValue value : masked.values()) {
                occurrences += value.occurrences();
                metrics.masked(value.placeholder().type(), value.occurrences());
            }
            record(
                    audit,
                    masked.values().stream().map(value -> value.placeholder().type()),
                    occurrences);
            return new Masked(masked, vault);
        });
    }

    /**
     * Puts back what the vault holds.
     *
     * @throws DeepsuiteException {@link ErrorReason#VAULT_INVALID} if the vault cannot be opened for the tenant, {@link ErrorReason#TEXT_TOO_LONG} beyond the
     *     configured bound
     */
    Restored unmask(String tenant, String text, SealedVault vault, AuditScope audit) {
        long bytes = checkedBytes("text", List.of(text));
        return metrics.timed(MaskingMetrics.UNMASK, bytes, () -> {
            var restored = Unmasker.restore(text, vaults.open(tenant, vault));
            record(audit, restored.types().stream(), restored.restored());
            return restored;
        });
    }

    private static void record(AuditScope audit, Stream<EntityType> types, int items) {
        audit.attribute(
                        "entity_types",
                        types.map(EntityType::name).distinct().sorted().collect(Collectors.joining(",")))
                .attribute("item_count", Integer.toString(items));
    }

    private void checkCount(int count) {
        if (count == 0) {
            throw new DeepsuiteException(
                    ErrorReason.VALUE_INVALID,
                    "texts: 0 (expected: 1 to %d)".formatted(config.maxTexts()),
                    Map.of("field", "texts"));
        }
        if (count > config.maxTexts()) {
            throw new DeepsuiteException(
                    ErrorReason.TEXTS_TOO_MANY,
                    "texts: %d (expected: 1 to %d)".formatted(count, config.maxTexts()),
                    Map.of("field", "texts"));
        }
    }

    private long checkedBytes(String field, List<String> texts) {
        long most = config.maxBytes().asLongValue();
        long bytes = 0;
        for (String text : texts) {
            bytes += Utf8.length(text);
        }
        if (bytes > most) {
            throw new DeepsuiteException(
                    ErrorReason.TEXT_TOO_LONG,
                    "%s: %d bytes in UTF-8 (expected: at most %d)".formatted(field, bytes, most),
                    Map.of("field", field));
        }
        return bytes;
    }
}
