package io.deepsuite.systemtests.chaos;

import io.deepsuite.devstack.layout.Port;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ReportResponse;
import io.deepsuite.monitor.v1.SignalServiceGrpc;
import io.deepsuite.systemtests.suite.GrpcFace;
import io.deepsuite.systemtests.suite.Suite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A service that reports to the Monitor Agent, one stream for each signal. For one thread. */
final class Signals {

    private static final String SERVICE = "model-service";
    private static final Duration TOKEN_REUSED_FOR = Duration.ofMinutes(2);

    private final Suite suite;
    private final Ledger ledger;
    private String token = "";
    private long tokenFetched;

    Signals(Suite suite, Ledger ledger) {
        this.suite = suite;
        this.ledger = ledger;
    }

    void report(String id) {
        var end = new CompletableFuture<Status>();
        var stub = GrpcFace.as(
                SignalServiceGrpc.newStub(suite.grpc(Port.MONITOR, suite.stack().identity(SERVICE))
                        .channel()),
                token(),
                id);
        var signals = stub.report(new StreamObserver<ReportResponse>() {
            @Override
            public void onNext(ReportResponse response) {
                // Acknowledged is what has ended well: a failure may still follow the sum.
            }

            @Override
            public void onError(Throwable failure) {
                Traffic.failed(
                        ledger,
                        id,
                        "signal.report",
                        Status.fromThrowable(failure).asRuntimeException(Status.trailersFromThrowable(failure)));
                end.complete(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                ledger.acknowledged(id, "signal.report", false);
                end.complete(Status.OK);
            }
        });
        signals.onNext(ReportRequest.newBuilder()
                .setService(SERVICE)
                .setHealth(HealthSignal.newBuilder().setComponent("chaos").setHealthy(true))
                .build());
        signals.onCompleted();
        // Ends at the call's deadline at the latest.
        end.join();
    }

    private String token() {
        if (token.isEmpty() || System.nanoTime() - tokenFetched > TOKEN_REUSED_FOR.toNanos()) {
            token = suite.stack().workloadToken(SERVICE);
            tokenFetched = System.nanoTime();
        }
        return token;
    }
}
