package io.deepsuite.k8s.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Yaml;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Wrong forms that guides of the field show. Each decodes, or nearly, and none does what it says. */
class SeedMistakesTest {

    @Test
    void refusesToScaleOnAnExtendedResource() {
        assertThat(violations("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: model-service-hpa}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: model-service}
                  minReplicas: 2
                  maxReplicas: 10
                  metrics:
                    - type: Resource
                      resource: {name: nvidia.com/gpu, target: {type: Utilization, averageUtilization: 70}}
                """))
                .anySatisfy(violation -> assertThat(violation).contains("cpu and memory only"));
    }

    @Test
    void refusesQuantitiesWithPercentSignsAndUnitsOfTime() {
        assertThat(violations("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: deepseek-hpa}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: deepseek}
                  maxReplicas: 10
                  metrics:
                    - type: Pods
                      pods: {metric: {name: nvidia_gpu_utilization}, target: {type: AverageValue, averageValue: 70%}}
                    - type: External
                      external: {metric: {name: request_latency_seconds}, target: {type: Value, value: 500ms}}
                """))
                .anySatisfy(violation -> assertThat(violation).contains("\"70%\" is not a quantity"))
                .anySatisfy(violation -> assertThat(violation).contains("\"500ms\" is not a quantity"))
                .anySatisfy(violation -> assertThat(violation).contains("latency is not proportional"));
    }

    @Test
    void takesTheSameQuantitiesWrittenRight() {
        assertThat(new ValidQuantities().violations(Yaml.manifests("""
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        metadata: {name: model-service}
                        spec:
                          metrics:
                            - type: Pods
                              pods: {metric: {name: nvidia_gpu_utilization}, target: {type: AverageValue, averageValue: 70}}
                            - type: External
                              external: {metric: {name: request_latency_seconds}, target: {type: Value, value: 500m}}
                        """))).isEmpty();
    }

    @Test
    void refusesAPublicAuthorityForInternalNames() {
        assertThat(violations("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: deepseek-tls, namespace: default}
                spec:
                  secretName: deepseek-tls
                  duration: 2160h
                  renewBefore: 360h
                  issuerRef: {name: letsencrypt-prod, kind: ClusterIssuer}
                """))
                .anySatisfy(violation -> assertThat(violation).contains("a public authority"))
                .anySatisfy(violation -> assertThat(violation).contains("names nobody"))
                .anySatisfy(violation -> assertThat(violation).contains("client auth"));
    }

    @Test
    void refusesARouteThatSelectsTwiceAndAnOldVersion() {
        assertThat(violations("""
                apiVersion: networking.istio.io/v1alpha3
                kind: VirtualService
                metadata: {name: deepseek-vs}
                spec:
                  hosts: [deepseek.example.com]
                  http:
                    - route:
                        - {destination: {host: deepseek-v1, subset: v1}, weight: 90}
                        - {destination: {host: deepseek-v2, subset: v2}, weight: 10}
                """))
                .anySatisfy(violation -> assertThat(violation).contains("not networking.istio.io/v1"))
                .anySatisfy(violation -> assertThat(violation).contains("selects twice"))
                .anySatisfy(violation -> assertThat(violation).contains("no DestinationRule"));
    }

    @Test
    void refusesARetiredIngress() {
        assertThat(violations("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: translate
                  annotations: {nginx.ingress.kubernetes.io/rewrite-target: /}
                spec: {rules: [{host: translate.example.com}]}
                """))
                .anySatisfy(violation -> assertThat(violation).contains("retired"));
    }

    @Test
    void refusesAStorageParameterThatTheDriverDoesNotHave() {
        assertThat(violations("""
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: deepseek-rdma}
                provisioner: rbd.csi.ceph.com
                parameters: {imageFeatures: layering, csi.storage.k8s.io/fstype: xfs, rdmaEnabled: "true"}
                """))
                .anySatisfy(violation -> assertThat(violation).contains("no parameter rdmaEnabled"))
                .anySatisfy(violation -> assertThat(violation).contains("no parameter clusterID"))
                .anySatisfy(violation -> assertThat(violation).contains("no parameter pool"));
    }

    @Test
    void refusesAProbeThatNeedsCurlInTheImageAndAResourceWithASpaceInItsName() {
        assertThat(violations("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: deepseek}
                spec:
                  selector: {matchLabels: {app: deepseek}}
                  template:
                    metadata: {labels: {app: deepseek}}
                    spec:
                      containers:
                        - name: deepseek
                          image: nvcr.io/nvidia/deepseek:latest
                          resources: {limits: {"nvidia /gpu": 2}}
                          readinessProbe: {exec: {command: [curl, -f, "http://localhost:8080/ready"]}}
                """))
                .anySatisfy(violation -> assertThat(violation).contains("runs a program in the container"))
                .anySatisfy(violation -> assertThat(violation).contains("has a space in its name"))
                .anySatisfy(violation -> assertThat(violation).contains("is not pinned"));
    }

    private static List<String> violations(String yaml) {
        return Stream.of(new SeedMistakes(), new ValidQuantities(), new ResilientWorkloads(), new PinnedImages())
                .flatMap(policy -> policy.violations(Yaml.manifests(yaml)))
                .toList();
    }
}
