package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.monitor.v1.DeviceSignal;
import io.deepsuite.monitor.v1.GetSnapshotRequest;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ReportResponse;
import io.deepsuite.monitor.v1.ServiceState;
import io.deepsuite.monitor.v1.SignalServiceGrpc;
import io.deepsuite.systemtests.suite.Golden;
import io.deepsuite.systemtests.suite.GrpcFace;
import io.deepsuite.systemtests.suite.MetricCatalogue;
import io.deepsuite.systemtests.suite.MetricCatalogue.Entry;
import io.deepsuite.systemtests.suite.MetricCatalogue.Series;
import io.deepsuite.systemtests.suite.Plain;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What dashboards and probes find. */
@ExtendWith(SuiteExtension.class)
class MetricsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final List<Component> PROCESSES = List.of(
            Component.MODEL_SERVICE,
            Component.DATAPREP_SERVICE,
            Component.MONITOR_AGENT,
            Component.AUDIT_SERVICE,
            Component.LOCAL_ENGINE_STABLE);

    private static final Pattern OWN = Pattern.compile("deep(?:suite|seek)_");

    private final Suite suite;

    MetricsIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void showsModelCallsUnderTheNamesThatDashboardsInTheFieldUse() {
        // When
        suite.chat().plain(Suite.DEMO_MODEL, Golden.titles(1).getFirst().chinese(), "");

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics(Component.MONITOR_AGENT))
                        .containsPattern(
                                "deepseek_inference_latency_seconds_count\\{[^}]*quantization=\"q8_0\"[^}]*} [1-9]")
                        .containsPattern("deepseek_request_rate\\{[^}]*service=\"model-service\"[^}]*} \\d"));
    }

    @Test
    void showsAcceleratorsAsReported() throws Exception {
        // When
        var sums = report(DeviceSignal.newBuilder()
                .setDevice("0")
                .setUtilization(0.25)
                .setMemoryUsedBytes(1 << 20)
                .setMemoryTotalBytes(1 << 30)
                .build());

        // Then
        assertThat(sums.getAccepted()).isEqualTo(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics(Component.MONITOR_AGENT))
                        .containsPattern("deepseek_gpu_utilization\\{[^}]*device=\"0\"[^}]*} 0\\.25"));
    }

    @Test
    void dropsAndCountsSignalsOutsideTheirUnit() throws Exception {
        var sums = report(
                DeviceSignal.newBuilder().setDevice("1").setUtilization(1.5).build());

        assertThat(sums.getAccepted()).isZero();
        assertThat(sums.getRejected()).isEqualTo(1);
    }

    @Test
    void showsThePresentStateToAnSre() {
        // When
        suite.chat().plain("echo", "hello", "");

        // Then
        var stub = GrpcFace.as(
                SignalServiceGrpc.newBlockingStub(suite.grpc(Port.MONITOR).channel()), suite.token(Role.SRE), "");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stub.withDeadlineAfter(10, TimeUnit.SECONDS)
                                .getSnapshot(GetSnapshotRequest.getDefaultInstance())
                                .getServicesList())
                        .filteredOn(ServiceState::getService, "model-service")
                        .singleElement()
                        .satisfies(state -> assertThat(state.getRequests()).isPositive()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Component.class,
            names = {"MODEL_SERVICE", "DATAPREP_SERVICE", "MONITOR_AGENT", "AUDIT_SERVICE"})
    void answersProbesInsideThePod(Component service) {
        for (var path : List.of("/started", "/live", "/ready", "/health")) {
            assertThat(Plain.get(suite.stack().addresses().management(service).resolve(path))
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(metrics(service)).contains("# HELP");
    }

    @Test
    void exportsWhatTheCatalogueLists() throws Exception {
        // Given
        var catalogue = MetricCatalogue.read();

        // When
        everythingHappensOnce();

        // Then
        for (var process : PROCESSES) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Series.of(metrics(process)))
                            .as("%s", process.processName())
                            .containsAll(series(catalogue.exportedBy(exporter(process)))));
        }
    }

    @Test
    void exportsNothingOfItsOwnThatTheCatalogueDoesNotList() throws Exception {
        // Given
        var listed = series(MetricCatalogue.read().own());

        // When
        everythingHappensOnce();

        // Then
        for (var process : PROCESSES) {
            assertThat(Series.of(metrics(process)))
                    .as("%s", process.processName())
                    .filteredOn(series -> OWN.matcher(series.name()).lookingAt())
                    .isSubsetOf(listed);
        }
    }

    /** A model call with personal data, one over gRPC, a look at the audit trail, a signal of a device, a record that cannot be stored. */
    private void everythingHappensOnce() throws Exception {
        suite.chat()
                .plain(
                        Suite.DEMO_MODEL,
                        "13812345678 " + Golden.titles(1).getFirst().chinese(),
                        "");
        // a service that another test has restarted has served nothing yet
        suite.chat().overGrpc(Suite.DEMO_MODEL, Golden.titles(1).getFirst().chinese(), "");
        suite.events().all(Map.of("requestId", "of-nobody"));
        report(DeviceSignal.newBuilder()
                .setDevice("0")
                .setUtilization(0.25)
                .setMemoryUsedBytes(1 << 20)
                .setMemoryTotalBytes(1 << 30)
                .build());
        suite.topic()
                .sendAsModelService(
                        "model-service/by-hand-" + UUID.randomUUID() + "/1",
                        List.of("poison".getBytes(StandardCharsets.UTF_8)));
    }

    private static Set<Series> series(List<Entry> entries) {
        return entries.stream().flatMap(entry -> entry.series().stream()).collect(Collectors.toSet());
    }

    /** Both engines are one program. */
    private static String exporter(Component process) {
        return process == Component.LOCAL_ENGINE_STABLE ? "local-engine" : process.processName();
    }

    private String metrics(Component service) {
        return Plain.get(suite.stack().addresses().management(service).resolve("/metrics"))
                .body();
    }

    private ReportResponse report(DeviceSignal device) throws Exception {
        var model = suite.stack().identity("model-service");
        var stub = GrpcFace.as(
                SignalServiceGrpc.newStub(suite.grpc(Port.MONITOR, model).channel()),
                suite.stack().workloadToken("model-service"),
                "");
        var answer = new CompletableFuture<ReportResponse>();
        var signals = stub.report(new StreamObserver<ReportResponse>() {
            @Override
            public void onNext(ReportResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
        });
        signals.onNext(ReportRequest.newBuilder()
                .setService("model-service")
                .setDevice(device)
                .build());
        signals.onCompleted();
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
