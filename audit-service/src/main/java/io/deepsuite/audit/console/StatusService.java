package io.deepsuite.audit.console;

import io.deepsuite.audit.checkpoint.CheckpointKeys;
import io.deepsuite.audit.checkpoint.CheckpointState;
import io.deepsuite.audit.checkpoint.CheckpointStore;
import io.deepsuite.audit.checkpoint.SignedCheckpoint;
import io.deepsuite.audit.completeness.SourceReport;
import io.deepsuite.audit.completeness.SourceStore;
import io.deepsuite.audit.seal.LogDamagedException;
import io.deepsuite.audit.seal.LogHead;
import io.deepsuite.audit.seal.LogStore;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.note.NoteVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together how complete and how well sealed the trail is. Waits for the database: for virtual threads. */
@ApplicationScoped
public class StatusService {

    private final LogStore logs;
    private final CheckpointStore checkpoints;
    private final CheckpointKeys keys;
    private final CheckpointState state;
    private final SourceStore sources;
    private final SealConfig names;

    StatusService(
            LogStore logs,
            CheckpointStore checkpoints,
            CheckpointKeys keys,
            CheckpointState state,
            SourceStore sources,
            SealConfig names) {
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.keys = keys;
        this.state = state;
        this.sources = sources;
        this.names = names;
    }

    /**
     * How the trail stands.
     *
     * @param keys public keys that sign now
     */
    public record Status(List<Log> logs, List<Source> sources, List<String> keys) {

        /** Sources of which something is missing, or may be. */
        public long incomplete() {
            return sources.stream().filter(source -> !source.whole()).count();
        }

        /** Logs that are not what was published, or whose newest checkpoint does not fit. */
        public long broken() {
            return logs.stream().filter(Log::isBroken).count();
        }

        /** Sealed entries of all logs. */
        public long entries() {
            return logs.stream().mapToLong(Log::size).sum();
        }

        /** Whether nothing is missing and nothing is broken. */
        public boolean good() {
            return incomplete() == 0 && broken() == 0;
        }
    }

    /**
     * One log.
     *
     * @param size leaves it has now
     * @param signedSize leaves that the newest checkpoint covers; 0 before the first
     * @param signed whether a known key signed it and its root is that of the tree
     * @param damage why it gets no checkpoint any more; empty as it should be
     */
    public record Log(
            String origin, long size, long signedSize, String signedTime, String root, boolean signed, String damage) {

        /** Whether something is wrong. */
        public boolean isBroken() {
            return !damage.isEmpty() || (signedSize > 0 && !signed);
        }
    }

    /**
     * One source.
     *
     * @param state name of a {@link SourceReport.State}
     * @param whole whether nothing is missing, and nothing is in doubt
     * @param missing numbers that have not arrived, the first gaps only; empty if none
     */
    public record Source(
            String service,
            String instance,
            long boot,
            String state,
            boolean whole,
            long watermark,
            long highest,
            String lastArrival,
            String missing) {

        /** The state as words. */
        public String label() {
            return state.replace('_', ' ');
        }

        /** The state in lower case, for its style. */
        public String style() {
            return state.toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Status status() {
        return new Status(
                heads().stream().map(this::log).toList(),
                sources.sources().stream().map(StatusService::source).toList(),
                keys.verifiers().stream().map(NoteVerifier::toText).toList());
    }

    /** Logs that have leaves, and those that had: of a log whose rows are gone the checkpoints are left, here or where they were published. */
    private Collection<LogHead> heads() {
        var all = new TreeMap<Integer, LogHead>();
        state.damaged().keySet().forEach(log -> all.put(log, new LogHead(log, Frontier.empty())));
        checkpoints.logs().forEach(log -> all.put(log, new LogHead(log, Frontier.empty())));
        logs.heads().forEach(head -> all.put(head.log(), head));
        return all.values();
    }

    private Log log(LogHead head) {
        var damage = state.damage(head.log());
        return checkpoints
                .newest(head.log())
                .map(stored -> log(head, stored, damage.or(() -> damage(head.log(), stored.signed()))))
                .orElseGet(() ->
                        new Log(names.origin(head.log()), head.tree().size(), 0, "", "", false, damage.orElse("")));
    }

    private Log log(LogHead head, CheckpointStore.Stored stored, Optional<String> damage) {
        var signed = stored.signed();
        return new Log(
                names.origin(head.log()),
                head.tree().size(),
                signed.size(),
                seconds(stored.signedAt().toString()),
                signed.checkpoint().root().toString(),
                damage.isEmpty() && ProofView.isSigned(signed.note(), keys.verifiers()),
                damage.orElse(""));
    }

    /** Whether the tree has the root that was signed; seen before the next checkpoint is due. */
    private Optional<String> damage(int log, SignedCheckpoint signed) {
        try {
            return logs.tree(log, signed.size())
                            .root()
                            .equals(signed.checkpoint().root())
                    ? Optional.empty()
                    : Optional.of("log %d: another root than the checkpoint of size %d".formatted(log, signed.size()));
        } catch (LogDamagedException damage) {
            return Optional.of(String.valueOf(damage.getMessage()));
        }
    }

    private static Source source(SourceReport report) {
        return new Source(
                report.source().service(),
                report.source().instance(),
                report.source().boot(),
                report.state().name(),
                report.state().isWhole(),
                report.watermark(),
                report.highest(),
                report.lastArrival().map(time -> seconds(time.toString())).orElse(""),
                report.missing());
    }

    private static String seconds(String time) {
        return time.substring(0, 19).replace('T', ' ');
    }
}
