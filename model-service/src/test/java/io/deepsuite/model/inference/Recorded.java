package io.deepsuite.model.inference;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes down what happens to a call, in order; both the audit event and the caller. */
final class Recorded implements CallAudit, AnswerSink {

    private final List<String> happened = new ArrayList<>();
    private @Nullable InferenceFacts facts;
    private @Nullable ModelVersion version;
    private boolean auditDown;
    private Runnable onPiece = () -> {};

    void auditGoesDown() {
        auditDown = true;
    }

    void onPiece(Runnable action) {
        onPiece = action;
    }

    List<String> happened() {
        return List.copyOf(happened);
    }

    String text() {
        var text = new StringBuilder();
        happened.stream()
                .filter(entry -> entry.startsWith("piece "))
                .forEach(entry -> text.append(entry, "piece ".length(), entry.length()));
        return text.toString();
    }

    InferenceFacts facts() {
        return Objects.requireNonNull(facts);
    }

    @Nullable
    ModelVersion version() {
        return version;
    }

    @Override
    public void begin(ModelVersion answering) {
        happened.add("begin");
    }

    @Override
    public void piece(String text) {
        happened.add("piece " + text);
        onPiece.run();
    }

    @Override
    public void version(ModelVersion asked) {
        version = asked;
    }

    @Override
    public void facts(InferenceFacts known) {
        facts = known;
    }

    @Override
    public void succeed() {
        check();
        happened.add("event SUCCESS");
    }

    @Override
    public void fail(ErrorReason reason) {
        check();
        happened.add("event FAILURE " + reason);
    }

    private void check() {
        if (auditDown) {
            throw new DeepsuiteException(ErrorReason.AUDIT_UNAVAILABLE, "told to be down");
        }
    }
}
