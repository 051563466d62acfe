package io.deepsuite.dataprep.masking;

import io.deepsuite.audit.v1.InferenceDetail;
import io.deepsuite.journal.scope.AuditScope;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Audit scope that keeps the attributes it is given. */
final class RecordingAudit implements AuditScope {

    final Map<String, String> attributes = new HashMap<>();

    @Override
    public AuditScope resource(String id, String version, String digest) {
        return this;
    }

    @Override
    public AuditScope inference(Consumer<InferenceDetail.Builder> change) {
        return this;
    }

    @Override
    public AuditScope attribute(String key, String value) {
        attributes.put(key, value);
        return this;
    }

    @Override
    public Uni<Void> begin() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> succeed() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> fail(ErrorReason reason) {
        return Uni.createFrom().voidItem();
    }
}
