package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.regex.Pattern;

/** Resource names of the registry: {@code models/{model}} and {@code models/{model}/versions/{version}}. */
sealed interface ResourceName {

    /** Model identifier: lower-case letters, digits, dots and dashes, 1 to 63 characters, letter or digit at both ends. */
    Pattern MODEL_ID = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    /** Identifier of the model. */
    String model();

    /** A model. */
    record OfModel(String model) implements ResourceName {
        @Override
        public String toString() {
            return "models/" + model;
        }
    }

    /** A version of a model. */
    record OfVersion(String model, SemanticVersion version) implements ResourceName {
        @Override
        public String toString() {
            return "models/" + model + "/versions/" + version;
        }
    }

    /**
     * Reads {@code models/{model}}.
     *
     * @param field name of the field, for the error
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} if it is not one
     */
    static OfModel model(String field, String name) {
        var parts = name.split("/", -1);
        if (parts.length != 2
                || !parts[0].equals("models")
                || !MODEL_ID.matcher(parts[1]).matches()) {
            throw Fields.invalid(
                    field,
                    Fields.shortened(name),
                    "models/{model}, the model of 1 to 63 lower-case letters, digits, dots and dashes");
        }
        return new OfModel(parts[1]);
    }

    /**
     * Reads {@code models/{model}/versions/{version}}.
     *
     * @param field name of the field, for the error
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} if it is not one
     */
    static OfVersion version(String field, String name) {
        var parts = name.split("/", -1);
        if (parts.length != 4
                || !parts[0].equals("models")
                || !parts[2].equals("versions")
                || !MODEL_ID.matcher(parts[1]).matches()) {
            throw Fields.invalid(field, Fields.shortened(name), "models/{model}/versions/{version}");
        }
        return new OfVersion(parts[1], SemanticVersion.parse(parts[3]));
    }
}
