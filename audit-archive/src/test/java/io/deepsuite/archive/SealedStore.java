package io.deepsuite.archive;

import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.audit.v1.Source;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TreeAppender;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Stores and seals events as the service does, for a log of one source. */
final class SealedStore {

    static final String ORIGIN = "deepsuite.audit.v1/";

    private final PrivateKeySigner signer;
    private final Connection connection;

    SealedStore(Connection connection) {
        this.connection = connection;
        try {
            signer = new PrivateKeySigner(
                    "deepsuite-audit", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    PrivateKeySigner signer() {
        return signer;
    }

    /** Adds a log with an event at each time, and, if it is to be, a checkpoint of all. */
    void addLog(int log, List<String> times, boolean signed) throws SQLException {
        connection.setAutoCommit(false);
        var tree = new TreeAppender(Frontier.empty());
        for (var time : times) {
            long leaf = tree.frontier().size();
            var id = UUID.randomUUID();
            byte[] event = event(log, leaf + 1, id, time);
            insert(log, leaf, time, id, event);
            tree.append(TreeHash.ofLeaf(event));
        }
        for (var run : tree.runs()) {
            execute(
                    "INSERT INTO log_tile (log, level, first_hash, hashes) VALUES (?, ?, ?, ?)",
                    log,
                    run.level(),
                    run.first(),
                    run.packed());
        }
        if (signed) {
            var checkpoint = new Checkpoint(
                    ORIGIN + log, tree.frontier().size(), tree.frontier().root());
            execute(
                    "INSERT INTO log_checkpoint (log, tree_size, note) VALUES (?, ?, ?)",
                    log,
                    checkpoint.size(),
                    SignedNote.sign(checkpoint.body(), List.of(signer)).toText());
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void insert(int log, long leaf, String time, UUID id, byte[] event) throws SQLException {
        execute("""
                INSERT INTO audit_event (occurred_at, id, phase, boot, sequence, tenant, operation, action, outcome, reason, actor_type, actor_id,
                       actor_name, workload, resource_type, resource_id, resource_version, service, instance, namespace, request_id, trace_id, event, kind)
                VALUES (?::timestamptz, ?, 'OUTCOME', 1, ?, 'default', 'READ', 'model.get', 'SUCCESS', 'OK', 'USER', 'a', 'a', 'w', 'model', 'm', '',
                       's', ?, 'ns', 'r', '', ?,
                       audit_event_kind_of('default', 'READ', 'model.get', 'SUCCESS', 'OK', 'USER', 'model', 's', 'ns'))
                """, time, id, leaf + 1, "i" + log, event);
        execute("""
                INSERT INTO audit_event_key (id, phase, occurred_at, service, instance, boot, sequence, topic_partition, topic_offset, leaf_index)
                VALUES (?, 'OUTCOME', ?::timestamptz, 's', ?, 1, ?, ?, ?, ?)
                """, id, time, "i" + log, leaf + 1, log, leaf, leaf);
    }

    void execute(String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** As the services write it. */
    private static byte[] event(int log, long sequence, UUID id, String time) {
        var instant = Instant.parse(time.replace(' ', 'T'));
        return AuditEvent.newBuilder()
                .setId(id.toString())
                .setTime(Timestamp.newBuilder()
                        .setSeconds(instant.getEpochSecond())
                        .setNanos(instant.getNano()))
                .setSource(Source.newBuilder()
                        .setService("s")
                        .setInstance("i" + log)
                        .setBoot(1)
                        .setSequence(sequence)
                        .setNamespace("ns"))
                .setOperation(Operation.OPERATION_READ)
                .setAction("model.get")
                .setOutcome(Outcome.OUTCOME_SUCCESS)
                .setReason("OK")
                .setActor(Actor.newBuilder()
                        .setType(ActorType.ACTOR_TYPE_USER)
                        .setId("a")
                        .setName("a")
                        .setWorkload("w"))
                .setResource(Resource.newBuilder().setType("model").setId("m"))
                .setRequestId("r")
                .build()
                .toByteArray();
    }
}
