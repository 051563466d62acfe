package io.deepsuite.audit.database;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.TransactionRollbackException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Tells trouble with the server from faults of a statement: the former is {@link ErrorReason#DATABASE_UNAVAILABLE} for whoever reads. */
public final class DatabaseFailureStore {

    /** SQLSTATE classes that speak of the server, not of the statement: connection, resources, operator intervention. */
    private static final Set<String> SERVER_CLASSES = Set.of("08", "53", "57");

    private DatabaseFailureStore() {}

    /**
     * The same answer, in time or not at all.
     *
     * @param timeout longest to wait
     */
    public static <T> Uni<T> told(Uni<T> answer, Duration timeout) {
        return answer.ifNoItem()
                .after(timeout)
                .fail()
                .onFailure(DatabaseFailureStore::isServerTrouble)
                .transform(trouble -> new DeepsuiteException(
                        ErrorReason.DATABASE_UNAVAILABLE, "the audit store does not answer", Map.of(), trouble));
    }

    /** Waits for the answer, on a thread that may. */
    public static <T> T await(Uni<T> answer, Duration timeout) {
        return told(answer, timeout).await().indefinitely();
    }

    private static boolean isServerTrouble(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            boolean trouble = switch (cause) {
                case IOException _, TimeoutException _ -> true;
                case DatabaseException refused -> isServerState(String.valueOf(refused.getSqlState()));
                case TransactionRollbackException _ -> false;
                case VertxException _ -> true; // the client's own: a connection lost, also while it is being made
                default -> false;
            };
            if (trouble) {
                return true;
            }
        }
        return false;
    }

    private static boolean isServerState(String sqlState) {
        return sqlState.length() == 5 && SERVER_CLASSES.contains(sqlState.substring(0, 2));
    }
}
