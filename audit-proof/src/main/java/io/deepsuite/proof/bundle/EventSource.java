package io.deepsuite.proof.bundle;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Optional;

/**
 * The journal that an event was written to, and its number there.
 *
 * @param service name of the service
 * @param instance stable name of the replica
 * @param boot times the journal was opened, from 1
 * @param sequence place in the sequence of that boot, from 1
 */
record EventSource(String service, String instance, long boot, long sequence) {

    /** Fields of deepsuite.audit.v1.AuditEvent and Source that are read; the verifier needs no more of an event. */
    private static final int EVENT_SOURCE = 3;

    private static final int SOURCE_SERVICE = 1;
    private static final int SOURCE_INSTANCE = 2;
    private static final int SOURCE_BOOT = 3;
    private static final int SOURCE_SEQUENCE = 4;

    /** Reads the source of an event; empty when the bytes are no protobuf message, or one without a source. */
    static Optional<EventSource> read(byte[] event) {
        try {
            return find(event);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<EventSource> find(byte[] event) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(event);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == EVENT_SOURCE) {
                return Optional.of(readSource(in.readBytes().newCodedInput()));
            }
            in.skipField(tag);
        }
        return Optional.empty();
    }

    /** (service, instance, boot): one unbroken sequence. */
    String name() {
        return service + '/' + instance + '/' + boot;
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
        return new EventSource(service, instance, boot, sequence);
    }
}
