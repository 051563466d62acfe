package io.deepsuite.audit.membership;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Not alive when another process has taken this one's name in a consumer group: only a new process gets partitions again. Nothing is lost or stored twice
 * meanwhile, as the database lets one of the two write.
 */
@Liveness
@ApplicationScoped
public class MembershipHealthCheck implements HealthCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(MembershipHealthCheck.class);

    private final KafkaClientService clients;
    private final InstantSource clock;
    private final Map<String, Membership> memberships = new ConcurrentHashMap<>();

    MembershipHealthCheck(KafkaClientService clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        var lost = clients.getConsumerChannels().stream()
                .filter(this::isLost)
                .sorted()
                .toList();
        var response = HealthCheckResponse.named("consumer groups");
        if (!lost.isEmpty()) {
            LOGGER.atError()
                    .addKeyValue("channels", lost)
                    .log("another process has taken this one's place in the consumer group, a restart is needed");
            response.withData("lost", String.join(", ", lost));
        }
        return response.status(lost.isEmpty()).build();
    }

    private boolean isLost(String channel) {
        var consumer = clients.getConsumer(channel).unwrap();
        return consumer != null
                && memberships
                        .computeIfAbsent(channel, _ -> new Membership())
                        .isLost(pulse(consumer.metrics()), clock.instant());
    }

    private static Pulse pulse(Map<MetricName, ? extends Metric> metrics) {
        return new Pulse(
                total(metrics, "consumer-coordinator-metrics", "heartbeat-total"),
                total(metrics, "consumer-fetch-manager-metrics", "fetch-total"));
    }

    private static long total(Map<MetricName, ? extends Metric> metrics, String group, String name) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().group().equals(group)
                        && metric.getKey().name().equals(name))
                .mapToLong(metric -> ((Number) metric.getValue().metricValue()).longValue())
                .sum();
    }
}
