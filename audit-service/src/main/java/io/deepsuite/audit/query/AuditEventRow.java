package io.deepsuite.audit.query;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A stored event, to read only: rows are written by ingest, and never changed. */
@Entity
@Immutable
@Table(name = "audit_event")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields; every column is NOT NULL
public class AuditEventRow {

    @EmbeddedId
    private Key key;

    private String tenant;
    private String operation;
    private String action;
    private String outcome;
    private String reason;

    @Column(name = "actor_type")
    private String actorType;

    @Column(name = "actor_id")
    private String actorId;

    @Column(name = "actor_name")
    private String actorName;

    @Column(name = "resource_type")
    private String resourceType;

    @Column(name = "resource_id")
    private String resourceId;

    private String service;
    private String namespace;

    @Column(name = "request_id")
    private String requestId;

    @Column(name = "trace_id")
    private String traceId;

    private byte[] event;
    private Integer kind;

    /** For Hibernate. */
    protected AuditEventRow() {}

    /**
     * What names a row.
     *
     * @param occurredAt UTC, microseconds
     * @param id the event's id
     * @param phase {@code INTENT} or {@code OUTCOME}
     */
    @Embeddable
    public record Key(@Column(name = "occurred_at") Instant occurredAt, UUID id, String phase) {}
}
