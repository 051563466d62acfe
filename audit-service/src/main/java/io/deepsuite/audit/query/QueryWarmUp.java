package io.deepsuite.audit.query;

import io.deepsuite.servicekit.identity.Caller;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one question when the service starts, so that the first auditor does not wait for the first translation of a query. */
@ApplicationScoped
public class QueryWarmUp {

    private static final Logger LOGGER = LoggerFactory.getLogger(QueryWarmUp.class);

    private final AuditEventStore store;

    QueryWarmUp(AuditEventStore store) {
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        var question = AuditEventRequestReader.read(Map.of(), Caller.DEFAULT_TENANT);
        VertxContextSupport.subscribe(
                () -> store.list(question).toMulti(),
                answer -> answer.with(
                        _ -> LOGGER.atDebug().log("query side is warm"),
                        failure -> LOGGER.atInfo().setCause(failure).log("query side starts cold")));
    }
}
