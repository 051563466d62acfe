package io.deepsuite.proof.bundle;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal that an event was written to, and its number there.
 *
 * @param service name of the service
 * @param instance stable name of the replica
 * @param boot times the journal was opened, from 1
 * @param sequence place in the sequence of that boot, from 1
 * @param before last number of an earlier boot, which the first event of a boot tells; null with every other event
 */
record EventSource(
        String service,
        String instance,
        long boot,
        long sequence,
        @Nullable End before) {

    /** Fields of deepsuite.audit.v1.AuditEvent and Source that are read; the verifier needs no more of an event. */
    private static final int EVENT_SOURCE = 3;

    private static final int EVENT_ACTION = 5;
    private static final int EVENT_ATTRIBUTES = 16;
    private static final int SOURCE_SERVICE = 1;
    private static final int SOURCE_INSTANCE = 2;
    private static final int SOURCE_BOOT = 3;
    private static final int SOURCE_SEQUENCE = 4;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    private static final String OPENED = "journal.open";
    private static final String PREVIOUS_BOOT = "previous_boot";
    private static final String PREVIOUS_SEQUENCE = "previous_sequence";
    private static final String NUMBERS = "[0-9]{1,18}";

    /**
     * Where a boot ended.
     *
     * @param boot which one
     * @param sequence its last number; 0 when it wrote nothing
     */
    record End(long boot, long sequence) {}

    /** Reads the source of an event; empty when the bytes are no protobuf message, or one without a source. */
    static Optional<EventSource> read(byte[] event) {
        try {
            return find(event);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Fields come in the order of their numbers, as the suite writes them: what stands behind the action of most events is not looked at. */
    private static Optional<EventSource> find(byte[] event) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(event);
        EventSource source = null;
        Map<String, String> attributes = new HashMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case EVENT_SOURCE -> source = readSource(in.readBytes().newCodedInput());
                case EVENT_ACTION -> {
                    if (source != null && !in.readString().equals(OPENED)) {
                        return Optional.of(source);
                    }
                }
                case EVENT_ATTRIBUTES -> readEntry(in.readBytes().newCodedInput(), attributes);
                default -> in.skipField(tag);
            }
        }
        return Optional.ofNullable(source).map(found -> found.after(attributes));
    }

    /** (service, instance, boot): one unbroken sequence. */
    String name() {
        return name(boot);
    }

    /** Another boot of the same journal. */
    String name(long otherBoot) {
        return service + '/' + instance + '/' + otherBoot;
    }

    private EventSource after(Map<String, String> attributes) {
        String endedBoot = attributes.getOrDefault(PREVIOUS_BOOT, "");
        String ended = attributes.getOrDefault(PREVIOUS_SEQUENCE, "");
        return endedBoot.matches(NUMBERS) && ended.matches(NUMBERS)
                ? new EventSource(
                        service, instance, boot, sequence, new End(Long.parseLong(endedBoot), Long.parseLong(ended)))
                : this;
    }

    private static void readEntry(CodedInputStream in, Map<String, String> attributes) throws IOException {
        String key = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case ENTRY_KEY -> key = in.readString();
                case ENTRY_VALUE -> value = in.readString();
                default -> in.skipField(tag);
            }
        }
        attributes.put(key, value);
    }

    private static EventSource readSource(CodedInputStream in) throws IOException {
        String service = "";
        String instance = "";
        long boot = 0;
        long sequence = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case SOURCE_SERVICE -> service = in.readString();
                case SOURCE_INSTANCE -> instance = in.readString();
                case SOURCE_BOOT -> boot = in.readInt64();
                case SOURCE_SEQUENCE -> sequence = in.readInt64();
                default -> in.skipField(tag);
            }
        }
        return new EventSource(service, instance, boot, sequence, null);
    }
}
