package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.ErrorReason;
import java.util.List;
import java.util.Optional;

/** Keeps models and versions. Every method blocks, and fails with {@link ErrorReason#DATABASE_UNAVAILABLE} when the database does not answer. */
interface ModelStore {

    /** Adds a model. Fails with {@link ErrorReason#MODEL_EXISTS}. */
    RegisteredModel insert(RegisteredModel model);

    Optional<RegisteredModel> find(String model);

    /** At most {@code limit} models in order of identifier, from the first after {@code after}. */
    List<RegisteredModel> listAfter(String after, int limit);

    /** Adds a version. Fails with {@link ErrorReason#MODEL_NOT_FOUND} or {@link ErrorReason#MODEL_VERSION_EXISTS}. */
    ModelVersion insertVersion(ModelVersion version);

    Optional<ModelVersion> findVersion(String model, SemanticVersion version);

    /** All versions of a model, in no order. */
    List<ModelVersion> versions(String model);

    /**
     * Points an alias at a version. Fails with {@link ErrorReason#MODEL_NOT_FOUND}, {@link ErrorReason#MODEL_VERSION_NOT_FOUND}, or
     * {@link ErrorReason#ETAG_MISMATCH} when {@code etag} is not empty and not the model's.
     */
    RegisteredModel setAlias(String model, String alias, SemanticVersion version, String etag);

    /** Everything, for the route table. */
    Snapshot snapshot();

    /** All models and all versions at one moment. */
    record Snapshot(List<RegisteredModel> models, List<ModelVersion> versions) {
        public Snapshot {
            models = List.copyOf(models);
            versions = List.copyOf(versions);
        }
    }
}
