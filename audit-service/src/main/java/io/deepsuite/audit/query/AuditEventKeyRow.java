package io.deepsuite.audit.query;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** Leads from an event's id to its time, to read only. */
@Entity
@Immutable
@Table(name = "audit_event_key")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields; every column is NOT NULL
public class AuditEventKeyRow {

    @EmbeddedId
    private Key key;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    /** For Hibernate. */
    protected AuditEventKeyRow() {}

    /**
     * What names a row.
     *
     * @param id the event's id
     * @param phase {@code INTENT} or {@code OUTCOME}
     */
    @Embeddable
    public record Key(UUID id, String phase) {}
}
