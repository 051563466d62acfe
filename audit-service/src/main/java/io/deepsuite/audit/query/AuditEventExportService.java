package io.deepsuite.audit.query;

import io.deepsuite.journal.scope.AuditScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Exports everything that a filter finds, for the REST method and for other features. */
@ApplicationScoped
public class AuditEventExportService {

    private final AuditEventStore store;
    private final QueryConfig config;

    AuditEventExportService(AuditEventStore store, QueryConfig config) {
        this.store = store;
        this.config = config;
    }

    /**
     * Begins an export; call it on a thread that may wait.
     *
     * @param parameters filters, format and page token as the REST method takes them
     * @param scope audit event of the export; told how many events left, and ended before the last line does
     * @return the stream as a download
     * @throws io.deepsuite.servicekit.error.DeepsuiteException as the REST method refuses them
     */
    public Response export(Map<String, List<String>> parameters, String tenant, AuditScope scope) {
        Map<String, List<String>> filters = new LinkedHashMap<>(parameters);
        var format = AuditEventRequestReader.takeFormat(filters);
        var request = AuditEventRequestReader.readExport(filters, tenant, config.exportPage());
        var export = new EventExport(
                store::page,
                () -> store.tiers(request.filter()),
                request,
                config.exportMaxEvents(),
                format.lines(),
                scope);
        StreamingOutput body = export::write;
        return Response.ok(body)
                .type(format.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(format.fileName()))
                .build();
    }
}
