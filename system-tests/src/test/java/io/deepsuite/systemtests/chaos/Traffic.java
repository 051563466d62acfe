package io.deepsuite.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.PrepServiceGrpc;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.systemtests.suite.Chat;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.Golden;
import io.deepsuite.systemtests.suite.GrpcFace;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** People and programs that call every service all the time, each call with a request id of its own, and write down what they were told. */
final class Traffic implements AutoCloseable {

    private static final Duration LAST_CALLS = Duration.ofMinutes(2);
    /** A service that is down refuses at once; without a pause its callers would take the processor from those who start it. */
    private static final int PAUSE_MILLIS = 25;

    private static final int FLOOD_CALLERS = 12;

    private final Suite suite;
    private final Ledger ledger;
    private final String prefix;
    private final AtomicInteger number = new AtomicInteger();
    private final ScheduledThreadPoolExecutor callers;
    private final List<? extends ScheduledFuture<?>> regular;

    private Traffic(Suite suite, Ledger ledger, String prefix) {
        this.suite = suite;
        this.ledger = ledger;
        this.prefix = prefix;
        var calls = List.<Call>of(
                id -> chat(id, EchoEngine.MODEL, id, false),
                id -> chat(id, EchoEngine.MODEL, id, false),
                id -> chat(id, EchoEngine.MODEL, id, true),
                id -> chat(id, Suite.DEMO_MODEL, Golden.titles(1).getFirst().chinese(), false),
                this::mask,
                new Signals(suite, ledger)::report,
                this::query);
        this.callers = new ScheduledThreadPoolExecutor(
                calls.size(), Thread.ofPlatform().name("caller-", 0).factory());
        this.regular = calls.stream().map(call -> every(PAUSE_MILLIS, call)).toList();
    }

    private interface Call {
        void make(String requestId) throws IOException;
    }

    /** Starts calling. Request ids begin with the prefix. */
    static Traffic start(Suite suite, Ledger ledger, String prefix) {
        return new Traffic(suite, ledger, prefix);
    }

    /** Returns when so many more calls are acknowledged, or the time is over; whether they are. */
    boolean awaitAcknowledged(int more, Duration atMost) {
        int wanted = ledger.acknowledged() + more;
        try {
            // Without the usual delay before the first look, which must not be longer than the whole time.
            Awaitility.await().pollDelay(Duration.ZERO).atMost(atMost).until(() -> ledger.acknowledged() >= wanted);
            return true;
        } catch (ConditionTimeoutException _) {
            return false;
        }
    }

    /** Calls the Data Prep service besides, as fast as it answers, until the condition holds; fails when it takes too long. */
    void maskUntil(BooleanSupplier holds, Duration atMost) {
        callers.setCorePoolSize(callers.getCorePoolSize() + FLOOD_CALLERS);
        var flood = new ArrayList<ScheduledFuture<?>>();
        for (int caller = 0; caller < FLOOD_CALLERS; caller++) {
            flood.add(every(1, this::mask));
        }
        try {
            Awaitility.await().atMost(atMost).until(holds::getAsBoolean);
        } finally {
            flood.forEach(caller -> caller.cancel(false));
        }
    }

    private ScheduledFuture<?> every(int pauseMillis, Call call) {
        return callers.scheduleWithFixedDelay(() -> make(call), pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void make(Call call) {
        var id = prefix + number.incrementAndGet();
        try {
            call.make(id);
        } catch (IOException | DevstackException _) {
            // No answer, or no token to ask with.
            ledger.broken();
        } catch (RuntimeException e) {
            // An exception that left here would silently end this caller.
            ledger.wrong(id + ": " + e);
        }
    }

    private void chat(String id, String model, String prompt, boolean streamed) throws IOException {
        var body = Chat.body(model, prompt);
        body.put("stream", streamed);
        var response = suite.https()
                .sendOrFail(Https.request(suite.chat().address(), suite.token(Role.MODEL_USER))
                        .header("x-request-id", id)
                        .POST(HttpRequest.BodyPublishers.ofString(Https.text(body))));
        if (response.statusCode() != 200) {
            refused(id, "inference.chat", response, Https.json(response).at("/error/code"));
        } else if (streamed && !response.body().strip().endsWith("data: [DONE]")) {
            ledger.broken();
        } else if (!streamed
                && model.equals(EchoEngine.MODEL)
                && !text(response).equals(prompt)) {
            ledger.wrong(id + ": " + response.body());
        } else {
            ledger.acknowledged(id, "inference.chat", false);
        }
    }

    private static String text(HttpResponse<String> response) {
        return Https.json(response).at("/choices/0/message/content").asText();
    }

    private void query(String id) throws IOException {
        var response = suite.https()
                .sendOrFail(Https.request(suite.events().address("?limit=3"), suite.token(Role.AUDITOR))
                        .header("x-request-id", id));
        if (response.statusCode() == 200) {
            ledger.acknowledged(id, "audit-event.query", true);
        } else {
            refusedGet(id, response);
        }
    }

    private void refusedGet(String id, HttpResponse<String> response) {
        var reason = Https.json(response).path("title").asText();
        if (reason.isEmpty()) {
            ledger.wrong(id + ": " + response.statusCode() + " " + response.body());
        } else {
            ledger.refused(id, "audit-event.query", reason, true);
        }
    }

    private void refused(String id, String action, HttpResponse<String> response, JsonNode code) {
        if (code.asText("").isEmpty()) {
            ledger.wrong(id + ": " + response.statusCode() + " " + response.body());
        } else {
            ledger.refused(id, action, code.asText().toUpperCase(Locale.ROOT), false);
        }
    }

    private void mask(String id) {
        try {
            var text = GrpcFace.as(
                            PrepServiceGrpc.newBlockingStub(
                                    suite.grpc(Port.DATAPREP).channel()),
                            suite.token(Role.DATA_ENGINEER),
                            id)
                    .mask(MaskRequest.newBuilder().addTexts("call 13712345678").build())
                    .getTexts(0);
            if (text.contains("13712345678")) {
                ledger.wrong(id + ": not masked");
            } else {
                ledger.acknowledged(id, "text.mask", false);
            }
        } catch (StatusRuntimeException e) {
            failed(ledger, id, "text.mask", e);
        }
    }

    /** A gRPC failure with details is the service's word; one without is the connection's end. */
    static void failed(Ledger ledger, String id, String action, StatusRuntimeException failure) {
        GrpcFace.errorInfo(failure)
                .ifPresentOrElse(info -> ledger.refused(id, action, info.getReason(), false), ledger::broken);
    }

    /** Returns when the last call is answered or has failed. */
    @Override
    public void close() {
        regular.forEach(caller -> caller.cancel(false));
        callers.shutdown();
        try {
            if (!callers.awaitTermination(LAST_CALLS.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("calls that neither end nor fail");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
