package io.deepsuite.model.inference;

import io.deepsuite.audit.v1.InferenceDetail;
import io.deepsuite.journal.scope.AuditScope;
import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.servicekit.error.ErrorReason;

/** Writes a call's facts into its audit event. */
final class AuditScopeClient implements CallAudit {

    private static final String ARM = "stable";
    private static final String CACHE_LEVEL = "none";

    private final AuditScope scope;

    AuditScopeClient(AuditScope scope) {
        this.scope = scope;
    }

    @Override
    public void version(ModelVersion version) {
        var _ = scope.resource(version.model(), version.version().toString(), version.artifactSha256());
    }

    @Override
    public void facts(InferenceFacts facts) {
        var _ = scope.inference(detail -> write(detail, facts));
    }

    private static void write(InferenceDetail.Builder detail, InferenceFacts facts) {
        detail.setInputHmac(facts.inputHmac())
                .setKeyId(facts.keyId())
                .setOutputSha256(facts.outputSha256())
                .setArm(ARM)
                .setCacheLevel(CACHE_LEVEL)
                .setPromptTokens(facts.promptTokens())
                .setCompletionTokens(facts.completionTokens())
                .setFinishReason(facts.finishReason())
                .setEngine(facts.engine())
                .clearMaskedTypes()
                .addAllMaskedTypes(facts.maskedTypes());
    }

    @Override
    public void succeed() {
        scope.succeed().await().indefinitely();
    }

    @Override
    public void fail(ErrorReason reason) {
        scope.fail(reason).await().indefinitely();
    }
}
