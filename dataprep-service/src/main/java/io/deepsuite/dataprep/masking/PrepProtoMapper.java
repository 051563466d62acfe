package io.deepsuite.dataprep.masking;

import com.google.protobuf.ByteString;
import io.deepsuite.dataprep.masking.MaskingService.Masked;
import io.deepsuite.dataprep.masking.Unmasker.Restored;
import io.deepsuite.dataprep.v1.EntityType;
import io.deepsuite.dataprep.v1.MaskResponse;
import io.deepsuite.dataprep.v1.Placeholder;
import io.deepsuite.dataprep.v1.UnmaskResponse;
import io.deepsuite.dataprep.vault.SealedVault;

/** Translates between the contract and the masking feature. */
final class PrepProtoMapper {

    private PrepProtoMapper() {}

    static SealedVault vault(ByteString bytes) {
        return SealedVault.of(bytes.toByteArray());
    }

    static MaskResponse toProto(Masked masked) {
        var response = MaskResponse.newBuilder()
                .addAllTexts(masked.text().texts())
                .setVault(ByteString.copyFrom(masked.vault().toByteArray()));
        masked.text().values().forEach(value -> response.addPlaceholders(toProto(value)));
        return response.build();
    }

    static UnmaskResponse toProto(Restored restored) {
        return UnmaskResponse.newBuilder()
                .setText(restored.text())
                .setRestored(restored.restored())
                .build();
    }

    private static Placeholder toProto(MaskedValue value) {
        return Placeholder.newBuilder()
                .setToken(value.placeholder().token())
                .setEntityType(toProto(value.placeholder().type()))
                .setOccurrences(value.occurrences())
                .build();
    }

    private static EntityType toProto(io.deepsuite.servicekit.privacy.EntityType type) {
        return switch (type) {
            case CHINESE_RESIDENT_ID -> EntityType.ENTITY_TYPE_CHINESE_RESIDENT_ID;
            case BANK_CARD -> EntityType.ENTITY_TYPE_BANK_CARD;
            case CHINESE_MOBILE_NUMBER -> EntityType.ENTITY_TYPE_CHINESE_MOBILE_NUMBER;
            case EMAIL -> EntityType.ENTITY_TYPE_EMAIL;
        };
    }
}
