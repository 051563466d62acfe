package io.deepsuite.journal.subject;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.AuditEventOrBuilder;
import io.deepsuite.audit.v1.PersonalFields;
import io.deepsuite.audit.v1.SealedPersonalFields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Takes the personal fields out of an event and seals them, and puts them back. Only persons have such fields: an account of a program stays readable.
 *
 * <p>The plain text is filled up to a multiple of 128 bytes, so that the length of a name does not outlive the name.
 */
public final class PersonalSeal {

    private static final String LABEL = "deepsuite personal fields v1";
    private static final int BLOCK_BYTES = 128;

    private final SecureRandom random = new SecureRandom();

    /** Whether the event speaks of a person in plain. */
    public static boolean isOfPerson(AuditEventOrBuilder event) {
        return event.getActor().getType() == ActorType.ACTOR_TYPE_USER && !event.hasPersonal();
    }

    /**
     * Seals the personal fields of an event that speaks of a person; afterwards they are nowhere else in it.
     *
     * @param event with its final id and tenant, both are authenticated with the fields
     * @throws IllegalArgumentException if the event speaks of no person in plain, or has no id
     */
    public void seal(AuditEvent.Builder event, DataKey key) {
        if (!isOfPerson(event) || event.getId().isEmpty()) {
            throw new IllegalArgumentException(
                    "event: actor type %s, id of %d characters (expected: a person's, with an id)"
                            .formatted(event.getActor().getType(), event.getId().length()));
        }
        var actor = event.getActorBuilder();
        byte[] plain = encode(PersonalFields.newBuilder()
                .setId(actor.getId())
                .setName(actor.getName())
                .setSourceAddress(actor.getSourceAddress())
                .setSessionId(actor.getSessionId())
                .build());
        try {
            byte[] sealed = SealedBytes.seal(key.secret(), context(event, key), plain, random);
            event.setPersonal(SealedPersonalFields.newBuilder()
                    .setKeyId(key.id().toString())
                    .setSealed(ByteString.copyFrom(sealed)));
            actor.clearId().clearName().clearSourceAddress().clearSessionId();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * The event as it was before it was sealed.
     *
     * @throws SealBrokenException if its fields were not sealed with this key, or for another event or tenant
     */
    public static AuditEvent open(AuditEvent event, DataKey key) throws SealBrokenException {
        byte[] sealed = event.getPersonal().getSealed().toByteArray();
        var fields = decode(SealedBytes.open(key.secret(), context(event, key), sealed));
        var opened = event.toBuilder().clearPersonal();
        opened.getActorBuilder()
                .setId(fields.getId())
                .setName(fields.getName())
                .setSourceAddress(fields.getSourceAddress())
                .setSessionId(fields.getSessionId());
        return opened.build();
    }

    private static byte[] context(AuditEventOrBuilder event, DataKey key) {
        return new Context(LABEL)
                .with(key.id())
                .with(event.getId())
                .with(event.getTenant())
                .toByteArray();
    }

    private static byte[] encode(PersonalFields fields) {
        var bytes = new ByteArrayOutputStream(BLOCK_BYTES);
        try {
            fields.writeDelimitedTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be written", impossible);
        }
        return Arrays.copyOf(bytes.toByteArray(), Math.ceilDiv(bytes.size(), BLOCK_BYTES) * BLOCK_BYTES);
    }

    private static PersonalFields decode(byte[] plain) throws SealBrokenException {
        try {
            return PersonalFields.parseDelimitedFrom(new ByteArrayInputStream(plain));
        } catch (IOException _) {
            throw SealedBytes.broken();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
