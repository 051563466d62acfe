package io.deepsuite.monitor.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import io.deepsuite.monitor.v1.DeviceSignal;
import io.deepsuite.monitor.v1.GetSnapshotRequest;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.InferenceSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ReportResponse;
import io.deepsuite.monitor.v1.SignalServiceGrpc;
import io.deepsuite.servicekit.testing.TestIdentities;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestIdentities.class)
@SuppressWarnings("NullAway.Init") // set by Quarkus and JUnit
class SignalGrpcServiceTest {

    private static final int DEADLINE_SECONDS = 20;

    @TestHTTPResource(value = "/", tls = true)
    URI base;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private ManagedChannel channel;

    @BeforeEach
    void connect() throws IOException {
        channel = NettyChannelBuilder.forAddress("localhost", base.getPort())
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(
                                new File(TestIdentities.file("model-service.crt")),
                                new File(TestIdentities.file("model-service.key")))
                        .trustManager(new File(TestIdentities.file("ca.crt")))
                        .build())
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void showsWhatWasReportedAsMetricsAndAsASnapshot() throws Exception {
        var sum = report(
                ReportRequest.newBuilder()
                        .setService("nlp")
                        .setInference(InferenceSignal.newBuilder()
                                .setQuantization("fp16")
                                .setLatency(Durations.fromMillis(120))
                                .setSuccess(true))
                        .build(),
                ReportRequest.newBuilder()
                        .setService("nlp")
                        .setDevice(DeviceSignal.newBuilder().setDevice("0").setUtilization(0.87))
                        .build(),
                ReportRequest.newBuilder()
                        .setService("nlp")
                        .setHealth(HealthSignal.newBuilder().setComponent("engine").setHealthy(true))
                        .build(),
                ReportRequest.newBuilder().setService("nlp").build());

        assertThat(sum.getAccepted()).isEqualTo(3);
        assertThat(sum.getRejected()).isEqualTo(1);
        assertThat(get("metrics").body())
                .contains("deepseek_inference_latency_seconds_bucket{quantization=\"fp16\",le=\"0.25\"}")
                .contains("deepseek_inference_latency_seconds_count{quantization=\"fp16\"}")
                .contains("deepseek_gpu_utilization{device=\"0\"} 0.87")
                .contains("deepseek_request_rate{service=\"nlp\"}")
                .contains("deepsuite_signals_rejected_total");
        var snapshot = signals("sre").getSnapshot(GetSnapshotRequest.getDefaultInstance());
        assertThat(snapshot.getServices(0).getService()).isEqualTo("nlp");
        assertThat(snapshot.getServices(0).getRequests()).isPositive();
        assertThat(snapshot.getDevices(0).getUtilization()).isEqualTo(0.87);
        assertThat(snapshot.getComponents(0).getHealthy()).isTrue();
    }

    @Test
    void showsSnapshotsToSiteReliabilityEngineersOnly() {
        var failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> signals("model-user").getSnapshot(GetSnapshotRequest.getDefaultInstance()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void answersProbesOnTheManagementPort() throws Exception {
        assertThat(get("health").statusCode()).isEqualTo(200);
        assertThat(get("ready").statusCode()).isEqualTo(200);
        assertThat(get("live").statusCode()).isEqualTo(200);
    }

    private ReportResponse report(ReportRequest... requests) throws Exception {
        var answer = new CompletableFuture<ReportResponse>();
        var stream = SignalServiceGrpc.newStub(channel("workload"))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .report(new StreamObserver<>() {
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
                });
        for (var request : requests) {
            stream.onNext(request);
        }
        stream.onCompleted();
        return answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private SignalServiceGrpc.SignalServiceBlockingStub signals(String role) {
        return SignalServiceGrpc.newBlockingStub(channel(role)).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private Channel channel(String role) {
        var metadata = new Metadata();
        metadata.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + TestIdentities.token("model-service", role));
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(management.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
