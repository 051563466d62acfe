package io.deepsuite.audit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.TransactionRollbackException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseFailureStoreTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @ParameterizedTest
    @MethodSource("serverTroubles")
    void tellsTroubleWithTheServer(Throwable trouble) {
        assertThat(failureOf(trouble))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        told -> assertThat(told.reason()).isEqualTo(ErrorReason.DATABASE_UNAVAILABLE));
    }

    @ParameterizedTest
    @MethodSource("statementFaults")
    void leavesFaultsOfAStatementAsTheyAre(Throwable fault) {
        assertThat(failureOf(fault)).isSameAs(fault);
    }

    @Test
    void givesUpWaiting() {
        assertThat(catchThrowable(
                        () -> DatabaseFailureStore.await(Uni.createFrom().nothing(), Duration.ofMillis(1))))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        told -> assertThat(told.reason()).isEqualTo(ErrorReason.DATABASE_UNAVAILABLE));
    }

    static Stream<Throwable> serverTroubles() {
        return Stream.of(
                new ConnectException("refused"),
                ClosedConnectionException.INSTANCE,
                new VertxException(
                        "SSL handshake failed", true), // what a server that is killed while it is greeted leaves behind
                new PgException("the database system is shutting down", "FATAL", "57P03", ""),
                new IllegalStateException("wrapped", ClosedConnectionException.INSTANCE));
    }

    static Stream<Throwable> statementFaults() {
        return Stream.of(
                new PgException("duplicate key", "ERROR", "23505", ""),
                TransactionRollbackException.INSTANCE,
                new IllegalArgumentException("no such tenant"));
    }

    private static Throwable failureOf(Throwable cause) {
        return catchThrowable(() -> DatabaseFailureStore.await(Uni.createFrom().failure(cause), LONG));
    }
}
