package io.deepsuite.journal;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.journal.file.FileJournal;
import io.deepsuite.journal.file.JournalListener;
import io.deepsuite.journal.subject.PersonSealer;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Appends events with their persons sealed; none reaches the disk with a person in plain. */
final class SealingJournal {

    private final FileJournal journal;
    private final PersonSealer sealer;
    private final JournalListener listener;

    SealingJournal(FileJournal journal, PersonSealer sealer, JournalListener listener) {
        this.journal = journal;
        this.sealer = sealer;
        this.listener = listener;
    }

    /** Like {@link FileJournal#append(AuditEvent.Builder)}; the stamped event is the sealed one. */
    Uni<AuditEvent> append(AuditEvent.Builder event) {
        var sealed = event.clone();
        PersonSealer.Carried key;
        try {
            key = sealer.seal(sealed);
        } catch (
                RuntimeException
                        failure) { // whatever a key management service throws: rather no event than a person in plain
            listener.refused();
            return Uni.createFrom()
                    .failure(new DeepsuiteException(
                            ErrorReason.AUDIT_UNAVAILABLE, "personal fields cannot be sealed", Map.of(), failure));
        }
        return switch (key) {
            case PersonSealer.Carried.Nothing _ -> journal.append(sealed, ByteString.EMPTY);
            case PersonSealer.Carried.New carried ->
                journal.append(sealed, carried.message().toByteString()).invoke(carried::kept);
        };
    }
}
