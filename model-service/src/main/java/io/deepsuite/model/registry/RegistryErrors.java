package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;

/** The registry's typed failures. */
final class RegistryErrors {

    private RegistryErrors() {}

    static DeepsuiteException modelNotFound(String model) {
        return new DeepsuiteException(
                ErrorReason.MODEL_NOT_FOUND,
                "model: %s (expected: a registered model)".formatted(Fields.shortened(model)),
                Map.of("field", "model", "model", Fields.shortened(model)));
    }

    static DeepsuiteException versionNotFound(String model, String version) {
        return new DeepsuiteException(
                ErrorReason.MODEL_VERSION_NOT_FOUND,
                "version: %s (expected: a registered version of %s)".formatted(Fields.shortened(version), model),
                Map.of("field", "version", "model", model, "version", Fields.shortened(version)));
    }

    static DeepsuiteException modelExists(String model) {
        return new DeepsuiteException(
                ErrorReason.MODEL_EXISTS,
                "model: %s (expected: a name that is not taken)".formatted(model),
                Map.of("field", "model.name", "model", model));
    }

    static DeepsuiteException versionExists(String model, SemanticVersion version) {
        return new DeepsuiteException(
                ErrorReason.MODEL_VERSION_EXISTS,
                "version: %s (expected: a version that %s does not have; versions are immutable)"
                        .formatted(version, model),
                Map.of("field", "model_version.name", "model", model, "version", version.toString()));
    }

    static DeepsuiteException etagMismatch(RegisteredModel model, String etag) {
        return new DeepsuiteException(
                ErrorReason.ETAG_MISMATCH,
                "etag: %s (expected: %s; read the model again)".formatted(Fields.shortened(etag), model.etag()),
                Map.of("field", "etag", "model", model.id()));
    }

    static DeepsuiteException databaseUnavailable(Throwable cause) {
        return new DeepsuiteException(
                ErrorReason.DATABASE_UNAVAILABLE, "the registry's database does not answer", Map.of(), cause);
    }
}
