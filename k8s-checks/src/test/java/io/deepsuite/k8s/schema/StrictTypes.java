package io.deepsuite.k8s.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.deepsuite.k8s.render.Manifest;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.internal.KubernetesDeserializer;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes objects into the classes of their API: those of Kubernetes, cert-manager, Istio, Gateway API, the Prometheus operator and Strimzi. */
public final class StrictTypes {
    private static final Map<String, Class<? extends KubernetesResource>> STRIMZI = Map.of(
            "kafka.strimzi.io/v1/Kafka", Kafka.class,
            "kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class,
            "kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class,
            "kafka.strimzi.io/v1/KafkaUser", KafkaUser.class);

    private static final KubernetesDeserializer KNOWN = new KubernetesDeserializer(true);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .annotationIntrospector(new WithoutAnySetter())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private StrictTypes() {}

    /** What is wrong with an object; empty when nothing is. An object of an unknown kind is wrong. */
    public static List<String> problems(Manifest manifest) {
        var problems = new ArrayList<String>();
        var schema = Schemas.of(manifest);
        schema.ifPresent(found -> problems.addAll(found.problems(manifest.content())));
        var type = type(manifest);
        type.ifPresent(found -> decode(manifest, found).ifPresent(problems::add));
        if (schema.isEmpty() && type.isEmpty()) {
            problems.add("%s: no type and no schema of %s is known".formatted(manifest.id(), manifest.apiVersion()));
        }
        return problems;
    }

    private static Optional<Class<? extends KubernetesResource>> type(Manifest manifest) {
        var strimzi = STRIMZI.get(manifest.apiVersion() + "/" + manifest.kind());
        return strimzi != null
                ? Optional.of(strimzi)
                : Optional.ofNullable(KNOWN.getRegisteredKind(manifest.apiVersion(), manifest.kind()));
    }

    private static Optional<String> decode(Manifest manifest, Class<? extends KubernetesResource> type) {
        try {
            var decoded = MAPPER.treeToValue(manifest.content(), type);
            return decoded == null ? Optional.of(manifest.id() + ": empty") : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(manifest.id() + ": " + e.getOriginalMessage() + " at " + path(e));
        }
    }

    private static String path(JsonProcessingException e) {
        return e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping
                ? mapping.getPathReference().replaceAll("[A-Za-z0-9_.$]+(\\[\"?|->)", "$1")
                : "";
    }

    /** The classes collect unknown fields for later; here they are an error. */
    private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
