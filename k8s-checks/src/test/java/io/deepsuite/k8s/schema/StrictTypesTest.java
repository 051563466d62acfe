package io.deepsuite.k8s.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Kustomize;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Suite;
import io.deepsuite.k8s.render.Yaml;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StrictTypesTest {

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectOfAnOverlayIsOfItsRealType(String overlay) {
        assertThat(Kustomize.render(overlay))
                .isNotEmpty()
                .flatMap(StrictTypes::problems)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("components")
    void everyObjectOfAComponentIsOfItsRealType(String component) {
        assertThat(Suite.with(component).manifests())
                .flatMap(StrictTypes::problems)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            v1,                          Service,         spec,                  prots
            apps/v1,                     StatefulSet,     spec.template.spec,    containrs
            apps/v1,                     StatefulSet,     spec,                  replica
            networking.k8s.io/v1,        NetworkPolicy,   spec,                  ingres
            policy/v1,                   PodDisruptionBudget, spec,              maxUnavailible
            batch/v1,                    Job,             spec.template.spec,    restartpolicy
            cert-manager.io/v1,          Certificate,     spec,                  renewbefore
            kafka.strimzi.io/v1,         Kafka,           spec.kafka,            listner
            kafka.strimzi.io/v1,         KafkaUser,       spec,                  authorisation
            postgresql.cnpg.io/v1,       Cluster,         spec,                  instance
            gateway.networking.k8s.io/v1, HTTPRoute,      spec,                  rule
            networking.istio.io/v1,      VirtualService,  spec,                  host
            argoproj.io/v1alpha1,        Application,     spec,                  projects
            keda.sh/v1alpha1,            ScaledObject,    spec,                  maxReplicas
            monitoring.coreos.com/v1,    PodMonitor,      spec,                  podMetricEndpoints
            monitoring.coreos.com/v1,    PrometheusRule,  spec,                  group
            monitoring.coreos.com/v1alpha1, AlertmanagerConfig, spec.route,      groupWaits
            velero.io/v1,                Schedule,        spec.template,         includedNamespace
            barmancloud.cnpg.io/v1,      ObjectStore,     spec.configuration,    destination
            postgresql.cnpg.io/v1,       ScheduledBackup, spec,                  schedules
            resource.k8s.io/v1,          ResourceClaimTemplate, spec,            device
            """)
    void refusesAFieldThatTheTypeDoesNotHave(String apiVersion, String kind, String parent, String field) {
        // Given
        var nested = new StringBuilder("{%s: 1}".formatted(field));
        var path = parent.split("\\.", -1);
        for (int i = path.length - 1; i >= 0; i--) {
            nested.insert(0, "{%s: ".formatted(path[i])).append('}');
        }
        var object = Yaml.manifest(
                nested.insert(1, "apiVersion: %s, kind: %s, metadata: {name: x}, ".formatted(apiVersion, kind))
                        .toString());

        // When
        var problems = StrictTypes.problems(object);

        // Then
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(field));
    }

    @Test
    void refusesAKindThatNobodyKnows() {
        assertThat(StrictTypes.problems(
                        new Manifest(Yaml.documents("{apiVersion: deepseek.ai/v1, kind: Nothing, metadata: {name: x}}")
                                .getFirst())))
                .isNotEmpty();
    }

    static Stream<String> overlays() {
        return Stream.of("base", "overlays", "argo-cd")
                .flatMap(folder -> Repository.kustomizations(folder, "Kustomization").stream());
    }

    static Stream<String> components() {
        return Repository.kustomizations("components", "Component").stream();
    }
}
