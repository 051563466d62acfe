package io.deepsuite.audit.subject;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.PersonalState;
import io.deepsuite.journal.subject.DataKey;
import io.deepsuite.journal.subject.PersonalSeal;
import io.deepsuite.journal.subject.SealBrokenException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stored event on its way to a reader, who is always told the truth about the person's fields, whatever the record itself claims.
 *
 * @param keyId key that opens the fields; empty when they are not sealed
 */
record PersonalEvent(AuditEvent event, Optional<UUID> keyId) {

    private static final Logger LOGGER = LoggerFactory.getLogger(PersonalEvent.class);

    /** @throws IllegalStateException if the bytes are not an event; stored ones always are */
    static PersonalEvent of(byte[] bytes) {
        try {
            var event = AuditEvent.parseFrom(bytes);
            return new PersonalEvent(
                    event,
                    event.hasPersonal()
                            ? AuditEventProtoMapper.canonicalUuid(
                                    event.getPersonal().getKeyId())
                            : Optional.empty());
        } catch (InvalidProtocolBufferException corrupt) {
            throw new IllegalStateException("stored event cannot be read", corrupt);
        }
    }

    Instant time() {
        return Instant.ofEpochSecond(event.getTime().getSeconds());
    }

    /** As it stands. */
    String plain() {
        return event.hasPersonal() ? unavailable() : json(event, PersonalState.PERSONAL_STATE_UNSPECIFIED);
    }

    /** With its person. */
    String opened(DataKey key) {
        try {
            return json(PersonalSeal.open(event, key), PersonalState.PERSONAL_STATE_UNSPECIFIED);
        } catch (SealBrokenException broken) {
            LOGGER.atError()
                    .addKeyValue("eventId", event.getId())
                    .setCause(broken)
                    .log("personal fields of an event cannot be opened");
            return unavailable();
        }
    }

    String erased() {
        return json(closed(), PersonalState.PERSONAL_STATE_ERASED);
    }

    String unavailable() {
        return json(closed(), PersonalState.PERSONAL_STATE_UNAVAILABLE);
    }

    /** Without the ciphertext: nobody could do anything with it, and whoever checks a proof takes the exact bytes from there. */
    private AuditEvent closed() {
        var closed = event.toBuilder();
        closed.getPersonalBuilder().clearSealed();
        return closed.build();
    }

    private static String json(AuditEvent event, PersonalState state) {
        if (event.getActor().getPersonalState() == state) {
            return AuditEventProtoMapper.toJson(event.toByteArray());
        }
        var shown = event.toBuilder();
        shown.getActorBuilder().setPersonalState(state);
        return AuditEventProtoMapper.toJson(shown.build().toByteArray());
    }
}
