package io.deepsuite.journal.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.journal.scope.RecordingJournal.Mode;
import io.deepsuite.journal.scope.ScriptedSignalService.Script;
import io.deepsuite.monitor.v1.GetSnapshotRequest;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ReportResponse;
import io.deepsuite.monitor.v1.SignalServiceGrpc;
import io.deepsuite.servicekit.testing.TestIdentities;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestIdentities.class)
@SuppressWarnings("NullAway.Init") // set by Quarkus and JUnit
class GrpcAuditInterceptorTest {

    private static final int DEADLINE_SECONDS = 20;

    @TestHTTPResource(value = "/", tls = true)
    URI base;

    @Inject
    RecordingJournal journal;

    private ManagedChannel channel;

    @BeforeEach
    void connect() throws Exception {
        journal.reset(Mode.WRITES);
        ScriptedSignalService.SCRIPT.set(Script.ANSWER);
        channel = NettyChannelBuilder.forAddress("localhost", base.getPort())
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(
                                new File(TestIdentities.file("demo-app.crt")),
                                new File(TestIdentities.file("demo-app.key")))
                        .trustManager(new File(TestIdentities.file("ca.crt")))
                        .build())
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void writesOneEventForAnAnsweredCall() {
        var answer = snapshots(TestIdentities.token("demo-app", "sre"), "grpc-1")
                .getSnapshot(GetSnapshotRequest.getDefaultInstance());

        assertThat(answer.getServicesCount()).isEqualTo(1);
        var event = onlyEvent();
        assertThat(event.getId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*");
        assertThat(event.getOperation()).isEqualTo(Operation.OPERATION_READ);
        assertThat(event.getAction()).isEqualTo("signal.snapshot");
        assertThat(event.getResource().getType()).isEqualTo("signal");
        assertThat(event.getResource().getId()).isEqualTo("all");
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCESS);
        assertThat(event.getReason()).isEqualTo("OK");
        assertThat(event.getRequestId()).isEqualTo("grpc-1");
        assertThat(event.getTraceId()).matches("[0-9a-f]{32}");
        assertThat(event.getTenant()).isEqualTo("acme");
        assertThat(event.getActor().getType()).isEqualTo(ActorType.ACTOR_TYPE_USER);
        assertThat(event.getActor().getName()).isEqualTo("alice");
        assertThat(event.getActor().getWorkload()).isEqualTo("demo-app");
        assertThat(event.getActor().getWorkloadCertificateSha256())
                .isEqualTo(TestIdentities.certificate("demo-app").sha256());
        assertThat(event.getAttributesMap()).containsEntry("seen_by", "alice");
    }

    @Test
    void returnsTheRequestId() {
        var headers = new java.util.concurrent.atomic.AtomicReference<Metadata>();
        var trailers = new java.util.concurrent.atomic.AtomicReference<Metadata>();
        SignalServiceGrpc.newBlockingStub(ClientInterceptors.intercept(
                        channel(TestIdentities.token("demo-app", "sre"), "grpc-id"),
                        MetadataUtils.newCaptureMetadataInterceptor(headers, trailers)))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .getSnapshot(GetSnapshotRequest.getDefaultInstance());

        assertThat(headers.get().get(key("x-request-id"))).isEqualTo("grpc-id");
    }

    @Test
    void holdsTheAnswerUntilTheEventIsDurable() {
        journal.reset(Mode.HOLDS);
        var stub = SignalServiceGrpc.newFutureStub(channel(TestIdentities.token("demo-app", "sre"), "held"))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);

        var answer = stub.getSnapshot(GetSnapshotRequest.getDefaultInstance());
        await().until(() -> journal.events().size() == 1);

        assertThat(answer.isDone()).isFalse();
        journal.release();
        await().until(answer::isDone);
        assertThat(journal.events()).hasSize(1);
    }

    @Test
    void refusesTheAnswerWhenTheEventCannotBeWritten() {
        journal.reset(Mode.BREAKS);

        assertFails(TestIdentities.token("demo-app", "sre"), Status.Code.UNAVAILABLE, "AUDIT_UNAVAILABLE");
    }

    @Test
    void writesDeniedCalls() {
        assertFails(null, Status.Code.UNAUTHENTICATED, "TOKEN_MISSING");
        assertFailureEvent("TOKEN_MISSING");
        assertThat(onlyEvent().getActor().getType()).isEqualTo(ActorType.ACTOR_TYPE_UNSPECIFIED);
        assertThat(onlyEvent().getActor().getId()).isEqualTo("demo-app");

        journal.reset(Mode.WRITES);
        assertFails("garbage", Status.Code.UNAUTHENTICATED, "TOKEN_INVALID");
        assertFailureEvent("TOKEN_INVALID");

        journal.reset(Mode.WRITES);
        assertFails(TestIdentities.token("model-service", "sre"), Status.Code.UNAUTHENTICATED, "TOKEN_INVALID");
        assertFailureEvent("TOKEN_INVALID");

        journal.reset(Mode.WRITES);
        assertFails(TestIdentities.token("demo-app", "auditor"), Status.Code.PERMISSION_DENIED, "ROLE_MISSING");
        assertFailureEvent("ROLE_MISSING");
        assertThat(onlyEvent().getActor().getName()).isEqualTo("alice");
    }

    @Test
    void writesFailingCallsAndHidesWhatWasUnforeseen() {
        ScriptedSignalService.SCRIPT.set(Script.FAIL);
        var failure = assertFails(TestIdentities.token("demo-app", "sre"), Status.Code.NOT_FOUND, "MODEL_NOT_FOUND");
        assertThat(failure.getStatus().getDescription()).isEqualTo("model: not found");
        assertFailureEvent("MODEL_NOT_FOUND");

        journal.reset(Mode.WRITES);
        ScriptedSignalService.SCRIPT.set(Script.CRASH);
        var crash = assertFails(TestIdentities.token("demo-app", "sre"), Status.Code.INTERNAL, "INTERNAL");
        assertThat(crash.getStatus().getDescription()).doesNotContain("inside detail");
        assertFailureEvent("INTERNAL");
    }

    @Test
    void writesCancelledCalls() {
        // Given
        ScriptedSignalService.SCRIPT.set(Script.NEVER);
        var call = SignalServiceGrpc.newFutureStub(channel(TestIdentities.token("demo-app", "sre"), "cancelled"))
                .withDeadlineAfter(10L * DEADLINE_SECONDS, TimeUnit.SECONDS)
                .getSnapshot(GetSnapshotRequest.getDefaultInstance());
        assertServed();

        // When
        call.cancel(true);

        // Then
        await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> eventsOf("cancelled") == 1);
        assertFailureEvent("CANCELLED");
    }

    @Test
    void writesCallsWhoseDeadlinePassed() {
        // Given
        ScriptedSignalService.SCRIPT.set(Script.NEVER);
        assertServed();

        // When
        var failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> SignalServiceGrpc.newBlockingStub(channel(TestIdentities.token("demo-app", "sre"), "deadline"))
                        .withDeadlineAfter(2, TimeUnit.SECONDS)
                        .getSnapshot(GetSnapshotRequest.getDefaultInstance()));

        // Then
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> eventsOf("deadline") == 1);
        assertFailureEvent("TIMEOUT");
    }

    @Test
    void writesCallsThatTookTheMethodTooLong() {
        ScriptedSignalService.SCRIPT.set(Script.LATE);

        assertFails(TestIdentities.token("demo-app", "sre"), Status.Code.DEADLINE_EXCEEDED, "TIMEOUT");
        assertFailureEvent("TIMEOUT");
    }

    @Test
    void takesTheActorFromTheTokenAndTheCertificateWhateverHeadersSay() {
        // Given
        var forged = new Metadata();
        ForgedHeaders.ALL.forEach((name, value) -> forged.put(key(name), value));

        // When
        SignalServiceGrpc.newBlockingStub(ClientInterceptors.intercept(
                        channel(TestIdentities.token("demo-app", "sre"), "forged"),
                        MetadataUtils.newAttachHeadersInterceptor(forged)))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .getSnapshot(GetSnapshotRequest.getDefaultInstance());

        // Then
        assertThat(onlyEvent().getActor()).isEqualTo(ForgedHeaders.TRUE_ACTOR);
        assertThat(onlyEvent().getTenant()).isEqualTo("acme");
    }

    @Test
    void writesCallsWhoseConnectionBreaks() {
        ScriptedSignalService.SCRIPT.set(Script.NEVER);
        var call = SignalServiceGrpc.newFutureStub(channel(TestIdentities.token("demo-app", "sre"), "broken"))
                .getSnapshot(GetSnapshotRequest.getDefaultInstance());
        assertServed();

        channel.shutdownNow();

        await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> eventsOf("broken") == 1);
        assertThat(journal.events().getLast().getReason()).isEqualTo("CANCELLED");
        assertThat(call.isDone()).isTrue();
    }

    @Test
    void writesMalformedAndOverlongMessages() {
        var token = TestIdentities.token("demo-app", "sre");

        assertRawFails(token, new byte[] {0x0A, 0x7F, 0x01}, Status.Code.INVALID_ARGUMENT, "BODY_MALFORMED");
        assertFailureEvent("BODY_MALFORMED");

        journal.reset(Mode.WRITES);
        var overlong = rawFailure(token, new byte[70_000]);
        assertThat(overlong.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> journal.events().size() == 1);
        assertFailureEvent("BODY_TOO_LARGE");
    }

    @Test
    void writesOneEventForAStreamOfMessages() throws Exception {
        var answer = new CompletableFuture<ReportResponse>();
        var requests = SignalServiceGrpc.newStub(channel(TestIdentities.token("demo-app", "workload"), "stream"))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .report(into(answer));
        for (int i = 0; i < 100; i++) {
            requests.onNext(ReportRequest.newBuilder().setService("s").build());
        }
        requests.onCompleted();

        assertThat(answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS).getAccepted()).isEqualTo(100);
        assertThat(journal.events())
                .extracting(AuditEvent::getPhase)
                .containsExactly(Phase.PHASE_INTENT, Phase.PHASE_OUTCOME);
        assertThat(journal.events().getLast().getAttributesMap()).containsEntry("item_count", "100");
        assertThat(journal.events().getLast().getAction()).isEqualTo("signal.report");
    }

    @Test
    void announcesNothingForDeniedChanges() {
        var answer = new CompletableFuture<ReportResponse>();
        SignalServiceGrpc.newStub(channel(TestIdentities.token("demo-app", "auditor"), "denied"))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .report(into(answer))
                .onCompleted();

        await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(answer::isDone);
        assertFailureEvent("ROLE_MISSING");
        assertThat(onlyEvent().getPhase()).isEqualTo(Phase.PHASE_OUTCOME);
    }

    @Test
    void leavesHealthChecksUnaudited() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatusValue())
                .isEqualTo(1);
        assertThat(journal.events()).isEmpty();
    }

    /** The service has a call as soon as another one, later on the same connection, is answered. */
    private void assertServed() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatusValue())
                .isEqualTo(1);
    }

    private StatusRuntimeException assertFails(@Nullable String token, Status.Code code, String reason) {
        var failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> snapshots(token, "failing").getSnapshot(GetSnapshotRequest.getDefaultInstance()));
        assertTyped(failure, code, reason);
        return failure;
    }

    private void assertRawFails(String token, byte[] message, Status.Code code, String reason) {
        assertTyped(rawFailure(token, message), code, reason);
    }

    private StatusRuntimeException rawFailure(String token, byte[] message) {
        MethodDescriptor<byte[], byte[]> raw = SignalServiceGrpc.getGetSnapshotMethod().toBuilder(
                        new Bytes(), new Bytes())
                .build();
        return catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel(token, "raw"),
                        raw,
                        CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
                        message));
    }

    private static void assertTyped(StatusRuntimeException failure, Status.Code code, String reason) {
        assertThat(failure.getStatus().getCode()).as(failure.toString()).isEqualTo(code);
        var status = Objects.requireNonNull(StatusProto.fromThrowable(failure));
        var info = status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .findFirst()
                .orElseThrow();
        try {
            assertThat(info.unpack(ErrorInfo.class).getReason()).isEqualTo(reason);
            assertThat(info.unpack(ErrorInfo.class).getDomain()).isEqualTo("deepsuite.io");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertFailureEvent(String reason) {
        assertThat(onlyEvent().getOutcome()).isEqualTo(Outcome.OUTCOME_FAILURE);
        assertThat(onlyEvent().getReason()).isEqualTo(reason);
    }

    private AuditEvent onlyEvent() {
        assertThat(journal.events()).hasSize(1);
        return journal.events().getFirst();
    }

    private long eventsOf(String requestId) {
        return journal.events().stream()
                .filter(event -> event.getRequestId().equals(requestId))
                .count();
    }

    private SignalServiceGrpc.SignalServiceBlockingStub snapshots(@Nullable String token, String requestId) {
        return SignalServiceGrpc.newBlockingStub(channel(token, requestId))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private Channel channel(@Nullable String token, String requestId) {
        var metadata = new Metadata();
        metadata.put(key("x-request-id"), requestId);
        if (token != null) {
            metadata.put(key("authorization"), "Bearer " + token);
        }
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static StreamObserver<ReportResponse> into(CompletableFuture<ReportResponse> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(ReportResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new IllegalStateException("no answer"));
            }
        };
    }

    /** Sends bytes as they are. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
