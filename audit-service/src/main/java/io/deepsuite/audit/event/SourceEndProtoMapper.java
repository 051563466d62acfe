package io.deepsuite.audit.event;

import io.deepsuite.audit.v1.AuditEvent;
import java.util.Optional;

/** Reads from the events that a journal writes about itself which source has ended, and where. */
final class SourceEndProtoMapper {

    /** A journal was opened; it tells the last number of the boot before. */
    static final String OPENED = "journal.open";

    /** A journal is closed in order; this is its last event. */
    static final String CLOSED = "journal.close";

    private static final String PREVIOUS_BOOT = "previous_boot";
    private static final String PREVIOUS_SEQUENCE = "previous_sequence";
    private static final int MAX_DIGITS = 18;

    private SourceEndProtoMapper() {}

    /** The end that the event tells of; empty for every other event, and for one that does not make sense. */
    static Optional<SourceEnd> read(AuditEvent event) {
        var source = event.getSource();
        return switch (event.getAction()) {
            case CLOSED ->
                Optional.of(new SourceEnd(
                        new SourceId(source.getService(), source.getInstance(), source.getBoot()),
                        source.getSequence()));
            case OPENED ->
                number(event, PREVIOUS_BOOT)
                        .filter(boot -> boot >= 1 && boot < source.getBoot())
                        .flatMap(boot -> number(event, PREVIOUS_SEQUENCE)
                                .map(last -> new SourceEnd(
                                        new SourceId(source.getService(), source.getInstance(), boot), last)));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> number(AuditEvent event, String attribute) {
        var text = event.getAttributesOrDefault(attribute, "");
        return !text.isEmpty()
                        && text.length() <= MAX_DIGITS
                        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Optional.of(Long.valueOf(text)).filter(number -> number <= AuditEventProtoMapper.MAX_NUMBER)
                : Optional.empty();
    }
}
