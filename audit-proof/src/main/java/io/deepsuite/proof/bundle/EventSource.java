package io.deepsuite.proof.bundle;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

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

    /**
     * Reads the source of an event.
     *
     * @throws IOException when the bytes are not a protobuf message
     */
    static EventSource read(byte[] event) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(event);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == EVENT_SOURCE) {
                return readSource(in.readBytes().newCodedInput());
            }
            in.skipField(tag);
        }
        throw new IOException("the event names no source");
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
