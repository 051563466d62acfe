package io.deepsuite.journal.scope;

import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A streamed answer whose operation ends with the stream: as succeeded when all is written, before the answer is closed, and as failed when it breaks. The scope has
 * to be taken on the thread of the method.
 */
public final class AuditedOutput implements StreamingOutput {

    private final AuditScope scope;
    private final StreamingOutput body;

    /** @param body writes the answer; an {@link IOException} means that its reader went away */
    public AuditedOutput(AuditScope scope, StreamingOutput body) {
        this.scope = scope;
        this.body = body;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try {
            body.write(out);
        } catch (IOException gone) {
            fail(ErrorReason.CANCELLED);
            throw gone;
        } catch (RuntimeException failure) {
            fail(Failures.classify(failure, true).reason());
            throw failure;
        }
        scope.succeed().await().indefinitely();
    }

    /** Waits for the event; the stream breaks anyway, so that an event which cannot be written changes nothing for the caller. */
    private void fail(ErrorReason reason) {
        scope.fail(reason).onFailure().recoverWithNull().await().indefinitely();
    }
}
