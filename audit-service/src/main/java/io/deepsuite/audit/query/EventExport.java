package io.deepsuite.audit.query;

import io.deepsuite.audit.tier.Tier;
import io.deepsuite.audit.tier.TierSnapshot;
import io.deepsuite.journal.scope.AuditScope;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One export: page after page, the next one read when the caller has taken the one before, and a last line that tells how many events there were and whether that is
 * all. An export without its last line was cut off. The audit event is written before the last line leaves. For one thread.
 *
 * <p>A caller may take hours, and months leave the store and come back meanwhile. So the last line names those that were away before the first page, behind the last
 * one, or at any time in between.
 */
final class EventExport {

    private static final String ITEM_COUNT = "item_count";
    private static final String COMPLETE = "complete";

    private final Function<AuditEventRequest, AuditEventPage> pages;
    private final Supplier<TierSnapshot> tiers;
    private final AuditEventRequest request;
    private final TierSnapshot before;
    private final AuditEventPage first;
    private final long maxEvents;
    private final ExportLines lines;
    private final AuditScope scope;
    private Optional<PageToken> place;
    private long exported;

    /**
     * Reads the first page, so that a question that cannot be answered is refused as any other.
     *
     * @param pages answers a request, on this thread
     * @param tiers tells what is known now of months that left, on this thread
     * @param request the first page; its limit is the size of every page
     * @param maxEvents when so many events or more are out, the export ends behind its page
     */
    EventExport(
            Function<AuditEventRequest, AuditEventPage> pages,
            Supplier<TierSnapshot> tiers,
            AuditEventRequest request,
            long maxEvents,
            ExportLines lines,
            AuditScope scope) {
        this.pages = pages;
        this.tiers = tiers;
        this.request = request;
        this.maxEvents = maxEvents;
        this.lines = lines;
        this.scope = scope;
        this.place = request.after();
        this.before = tiers.get();
        this.first = pages.apply(request);
    }

    /**
     * Writes everything. What fails behind the first page is told in the last line.
     *
     * @throws IOException if the caller went away; the audit event says so, and how many events had been written
     */
    void write(OutputStream out) throws IOException {
        try {
            put(out, lines.header());
            put(out, lines.end(writePages(out)));
            out.flush();
        } catch (IOException gone) {
            end(scope.attribute(COMPLETE, "false"), ErrorReason.CANCELLED);
            throw gone;
        }
    }

    private ExportEnd writePages(OutputStream out) throws IOException {
        var page = first;
        while (true) {
            writeEvents(page, out);
            var token = page.nextPageToken();
            if (token.isEmpty() || exported >= maxEvents) {
                return finish(token);
            }
            try {
                page = pages.apply(following(token));
            } catch (RuntimeException failure) {
                return breakOff(failure);
            }
        }
    }

    private void writeEvents(AuditEventPage page, OutputStream out) throws IOException {
        try {
            for (var event : page.events()) {
                put(out, lines.event(event.json()));
                exported++;
                place = Optional.of(new PageToken(event.occurredAt(), event.id()));
            }
        } finally {
            scope.attribute(ITEM_COUNT, Long.toString(exported));
        }
    }

    private ExportEnd finish(String nextPageToken) {
        List<Tier> archives;
        try {
            archives = tiers.get().archivesSince(before);
        } catch (RuntimeException failure) {
            return breakOff(failure);
        }
        boolean complete = nextPageToken.isEmpty() && archives.isEmpty();
        try {
            scope.attribute(COMPLETE, Boolean.toString(complete))
                    .succeed()
                    .await()
                    .indefinitely();
            return new ExportEnd(exported, complete, nextPageToken, ExportEnd.OK, archives);
        } catch (DeepsuiteException unaudited) {
            return new ExportEnd(
                    exported, false, nextPageToken, unaudited.reason().name(), archives);
        }
    }

    /** What left meanwhile is not known then; whoever goes on is told. */
    private ExportEnd breakOff(RuntimeException failure) {
        var reason = Failures.classify(failure, true).reason();
        end(scope.attribute(COMPLETE, "false"), reason);
        var token = place.map(last -> last.encode(request.filter())).orElse("");
        return new ExportEnd(exported, false, token, reason.name(), before.archives());
    }

    /** Waits for the event. Whether it could be written or not: it is a failure that is told already. */
    private static void end(AuditScope scope, ErrorReason reason) {
        scope.fail(reason).onFailure().recoverWithNull().await().indefinitely();
    }

    private AuditEventRequest following(String token) {
        var filter = request.filter();
        return new AuditEventRequest(filter, request.limit(), Optional.of(PageToken.decode(token, filter)));
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
