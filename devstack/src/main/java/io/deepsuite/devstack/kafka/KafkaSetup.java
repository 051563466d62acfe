package io.deepsuite.devstack.kafka;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.StackDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Makes the topics, and the rules who may do what with them; doing it again changes nothing. */
public final class KafkaSetup {
    /** Every audit event, three partitions. */
    public static final String AUDIT_TOPIC = "deepsuite.audit.v1";
    /** Records that are no audit event, with the reason in their headers. */
    public static final String DEAD_LETTER_TOPIC = "deepsuite.audit.v1.dead-letter";

    /** Signed heads of the audit logs, kept for ever. */
    public static final String CHECKPOINT_TOPIC = "deepsuite.audit.checkpoints.v1";

    /** Keys that open what audit events say of persons; the newest record of each, until the person is erased. */
    public static final String SUBJECT_KEY_TOPIC = "deepsuite.audit.subject-keys.v1";

    private static final Set<String> PRODUCERS =
            Set.of("model-service", "dataprep-service", "monitor-agent", "audit-service");
    /** The store, and the demo application: on a developer's machine one wants to look. */
    private static final Set<String> CONSUMERS = Set.of("audit-service", "demo-app");

    private final Identity platform;
    private final int port;

    public KafkaSetup(Identity platform, int port) {
        this.platform = platform;
        this.port = port;
    }

    /** Whether the broker does as it is told. */
    public boolean complete() {
        try (var admin = Admin.create(clientProperties(platform, port))) {
            createTopics(admin);
            admin.createAcls(rules()).all().get(10, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while creating topics", e);
        }
    }

    /** Settings with which a client of this identity reaches the broker. */
    public static Properties clientProperties(Identity identity, int port) {
        var properties = new Properties();
        properties.putAll(Map.of(
                "bootstrap.servers", "127.0.0.1:" + port,
                "security.protocol", "SSL",
                "ssl.enabled.protocols", "TLSv1.3",
                "ssl.protocol", "TLSv1.3",
                "ssl.keystore.type", "PEM",
                "ssl.keystore.certificate.chain", StackDirectory.read(identity.certificate()),
                "ssl.keystore.key", StackDirectory.read(identity.key()),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", StackDirectory.read(identity.authority())));
        properties.putAll(Map.of("request.timeout.ms", "5000", "default.api.timeout.ms", "8000"));
        return properties;
    }

    private static void createTopics(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        var topics = List.of(
                new NewTopic(AUDIT_TOPIC, Optional.of(3), Optional.of((short) 1)),
                new NewTopic(DEAD_LETTER_TOPIC, Optional.of(1), Optional.of((short) 1)),
                new NewTopic(CHECKPOINT_TOPIC, Optional.of(1), Optional.of((short) 1))
                        .configs(Map.of("retention.ms", "-1")),
                new NewTopic(SUBJECT_KEY_TOPIC, Optional.of(3), Optional.of((short) 1))
                        .configs(Map.of("cleanup.policy", "compact", "max.compaction.lag.ms", "86400000")));
        for (var result : admin.createTopics(topics).values().values()) {
            try {
                result.get(10, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static List<AclBinding> rules() {
        var rules = new ArrayList<AclBinding>();
        for (var producer : PRODUCERS) {
            rules.add(allow(ResourceType.TOPIC, AUDIT_TOPIC, producer, AclOperation.WRITE));
            rules.add(allow(ResourceType.TOPIC, AUDIT_TOPIC, producer, AclOperation.DESCRIBE));
            rules.add(allow(ResourceType.TOPIC, SUBJECT_KEY_TOPIC, producer, AclOperation.WRITE));
        }
        for (var consumer : CONSUMERS) {
            rules.add(allow(ResourceType.TOPIC, AUDIT_TOPIC, consumer, AclOperation.READ));
            rules.add(allow(ResourceType.TOPIC, DEAD_LETTER_TOPIC, consumer, AclOperation.READ));
            rules.add(allow(ResourceType.TOPIC, CHECKPOINT_TOPIC, consumer, AclOperation.READ));
            rules.add(allow(ResourceType.GROUP, "*", consumer, AclOperation.READ));
        }
        rules.add(allow(ResourceType.TOPIC, SUBJECT_KEY_TOPIC, "audit-service", AclOperation.READ));
        rules.add(allow(ResourceType.TOPIC, DEAD_LETTER_TOPIC, "audit-service", AclOperation.WRITE));
        rules.add(allow(ResourceType.TOPIC, CHECKPOINT_TOPIC, "audit-service", AclOperation.WRITE));
        return rules;
    }

    private static AclBinding allow(ResourceType type, String name, String workload, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + workload, "*", operation, AclPermissionType.ALLOW));
    }
}
