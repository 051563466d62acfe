package io.deepsuite.audit.event;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.v1.AuditEvent;
import java.util.Optional;

/** Reads whose event it is from the event itself: the column beside it may have been changed. */
public final class EventTenantProtoMapper {

    private EventTenantProtoMapper() {}

    /** The event's tenant; empty when the bytes are no event. */
    public static Optional<String> tenant(byte[] event) {
        try {
            return Optional.of(
                    AuditEventProtoMapper.tenantOf(AuditEvent.parseFrom(event).getTenant()));
        } catch (InvalidProtocolBufferException damaged) {
            return Optional.empty();
        }
    }
}
