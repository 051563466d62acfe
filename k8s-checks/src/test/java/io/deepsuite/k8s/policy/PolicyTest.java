package io.deepsuite.k8s.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Kustomize;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Suite;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
    private static final String CONTAINER = "/spec/template/spec/containers/0";

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayKeepsEveryRule(String overlay) {
        assertThat(Policy.violationsOfAny(Kustomize.render(overlay))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("components")
    void aComponentKeepsEveryRule(String component) {
        assertThat(Policy.violationsOfAny(Suite.with(component).manifests())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /metadata/labels/app.kubernetes.io~1part-of                 | null                  | no label app.kubernetes.io/part-of
            /spec/template/metadata/labels/app.kubernetes.io~1version   | null                  | pods: no label app.kubernetes.io/version
            /spec/template/spec/securityContext/runAsNonRoot            | false                 | runAsNonRoot is not true
            /spec/template/spec/securityContext/runAsUser               | 0                     | runs as root
            /spec/template/spec/securityContext/seccompProfile          | {type: Unconfined}    | seccompProfile is not RuntimeDefault
            /spec/template/spec/automountServiceAccountToken            | true                  | mounts a token
            /spec/template/spec/serviceAccountName                      | default               | no service account of its own
            /spec/template/spec/hostNetwork                             | true                  | shares a namespace of the host
            /spec/template/spec/volumes/0                               | {name: tls, hostPath: {path: /}} | mounts a path of the host
            /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem   | null    | readOnlyRootFilesystem is not true
            /spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation | null    | allowPrivilegeEscalation is not false
            /spec/template/spec/containers/0/securityContext/capabilities | {drop: [NET_RAW]}   | does not drop ALL
            /spec/template/spec/containers/0/resources/limits           | null                  | has no limit of memory
            /spec/template/spec/containers/0/image                      | deepsuite/model-service          | is not pinned
            /spec/template/spec/containers/0/image                      | deepsuite/model-service:latest   | is not pinned
            /spec/template/spec/containers/0/startupProbe               | null                  | no startupProbe
            /spec/template/spec/containers/0/readinessProbe             | {exec: {command: [curl, -f, localhost]}} | runs a program in the container
            /spec/template/spec/containers/0/livenessProbe/httpGet/path | /health               | livenessProbe asks "/health"
            /spec/template/spec/containers/0/readinessProbe/httpGet/port | 8081                 | asks port 8081, which is not open
            /spec/template/spec/containers/0/ports/0/name               | grpc                  | port https is not one of
            /spec/template/spec/containers/0/ports/0/containerPort      | 8444                  | lets callers in to port 8443
            /spec/template/spec/topologySpreadConstraints               | []                    | not spread over kubernetes.io/hostname
            /spec/template/metadata/labels/app.kubernetes.io~1name      | other                 | does not select its own pods
            /spec/template/spec/volumes/0/secret/secretName             | model-service-tsl     | nothing makes Secret model-service-tsl
            /spec/template/spec/containers/0/envFrom/0/configMapRef/name | model-service-config | nothing makes ConfigMap
            /spec/template/spec/priorityClassName                       | gpu-high              | no PriorityClass
            /spec/serviceName                                           | model-service         | no headless service model-service
            /spec/template/spec/containers/0/resources/requests/memory  | 128MB                 | "128MB" is not a quantity
            /spec/template/spec/containers/0/resources/limits/nvidia ~1gpu | 2                  | has a space in its name
            """)
    void seesAFaultInAStatefulSet(String pointer, String value, String expected) {
        // Given
        var planted = Suite.with().set("StatefulSet", "model-service", pointer, value);

        // When
        var violations = Policy.violationsOfAny(planted.manifests());

        // Then
        assertThat(violations)
                .anySatisfy(violation ->
                        assertThat(violation).contains("model-service").contains(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Service             | model-service     | /spec/selector                          | {app: model-service}       | its selector selects no pod
            Service             | model-service     | /spec/ports/0/targetPort                | 9000                       | port 9000 is not one of
            PodDisruptionBudget | model-service     | /spec/maxUnavailable                    | 0                          | never lets a node be drained
            PodDisruptionBudget | model-service     | /spec/selector                          | {matchLabels: {a: b}}      | no disruption budget selects its pods
            PodDisruptionBudget | model-service     | /spec/minAvailable                      | 3                          | blocks drains
            Namespace           | deepsuite-model   | /metadata/labels/pod-security.kubernetes.io~1enforce | privileged    | Pod Security is not enforced
            ResourceQuota       | namespace-quota   | /spec/hard/requests.storage             | 10Gi                       | 10Gi of it allowed
            StatefulSet         | audit-service     | /spec/replicas                          | 100                        | are asked for
            ConfigMap           | model-service     | /data/DEEPSUITE_KAFKA_BOOSTRAP          | x:9093                     | DEEPSUITE_KAFKA_BOOSTRAP is no setting of model-service
            Job                 | model-service-migration-0.1.0 | /spec/template/spec/containers/0/env/0/name | DEEPSUITE_PG_HOST | DEEPSUITE_PG_HOST is no setting of migrations
            ResourceQuota       | namespace-quota   | /spec/hard/requests.memory              | 70%                        | "70%" is not a quantity
            Cluster             | model-service-db  | /spec/storage/size                      | 50GB                       | "50GB" is not a quantity
            Cluster             | model-service-db  | /spec/certificates/serverTLSSecret      | nobody                     | nothing makes Secret nobody
            KafkaUser           | model-service     | /metadata/labels/strimzi.io~1cluster    | another                    | belongs to Kafka "another"
            Keycloak            | keycloak          | /spec/db/passwordSecret/key             | pass                       | nothing makes key pass
            Certificate         | model-service-tls | /spec/issuerRef/name                    | letsencrypt-prod           | a public authority issues neither
            Certificate         | model-service-tls | /spec/issuerRef/name                    | missing                    | no ClusterIssuer missing
            Certificate         | model-service-tls | /spec/usages                            | [digital signature, key encipherment] | without the usage client auth
            Certificate         | model-service-tls | /spec/privateKey/rotationPolicy         | Never                      | keeps its key
            """)
    void seesAFaultInAnotherObject(String kind, String name, String pointer, String value, String expected) {
        // Given
        var planted = Suite.with().set(kind, name, pointer, value);

        // When
        var violations = Policy.violationsOfAny(planted.manifests());

        // Then
        assertThat(violations).anySatisfy(violation -> assertThat(violation).contains(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NetworkPolicy  | default-deny    | does not deny traffic by default
            ResourceQuota  | namespace-quota | has no ResourceQuota
            LimitRange     | container-defaults | has no LimitRange
            Namespace      | deepsuite-audit | its namespace is not declared
            ServiceAccount | model-service   | no ServiceAccount model-service
            Kafka          | deepsuite       | belongs to Kafka
            ClusterIssuer  | deepsuite-internal | no ClusterIssuer deepsuite-internal
            """)
    void seesWhatIsMissing(String kind, String name, String expected) {
        assertThat(Policy.violationsOfAny(Suite.with().without(kind, name).manifests()))
                .anySatisfy(violation -> assertThat(violation).contains(expected));
    }

    @Test
    void findsNothingWithoutAFault() {
        assertThat(Policy.violationsOfAny(Suite.with().manifests())).isEmpty();
    }

    @Test
    void namesTheContainerThatIsAtFault() {
        assertThat(Policy.violationsOfAny(Suite.with()
                        .set("StatefulSet", "audit-service", CONTAINER + "/securityContext", "{}")
                        .manifests()))
                .contains(
                        "StatefulSet deepsuite-audit/audit-service: container audit-service readOnlyRootFilesystem is not true");
    }

    static Stream<String> overlays() {
        return Repository.kustomizations("overlays", "Kustomization").stream();
    }

    static Stream<String> components() {
        return Repository.kustomizations("components", "Component").stream()
                .filter(component -> !component.equals(Suite.ENGINES));
    }
}
