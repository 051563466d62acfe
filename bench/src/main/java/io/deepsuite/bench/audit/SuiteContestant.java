package io.deepsuite.bench.audit;

import com.google.protobuf.MessageLite;
import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.layout.Component;
import java.util.UUID;

/** audit-service, as it is: exact once, deduplicated, sealed and followed for completeness. It starts anew for each round. */
final class SuiteContestant implements Contestant {

    static final String NAME = "audit-service";

    private final Stack stack;
    private final Store store;
    private final Topics topics;

    SuiteContestant(Stack stack, Store store, Topics topics) {
        this.stack = stack;
        this.store = store;
        this.topics = topics;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double store(SampleEvents events) throws Exception {
        topics.publish(events.keys());
        store.awaitKeys(events.keys().stream()
                .map(key -> UUID.fromString(key.getKeyId()))
                .toList());
        stack.stop(Component.AUDIT_SERVICE);
        topics.fill(KafkaSetup.AUDIT_TOPIC, events, MessageLite::toByteArray);
        stack.start(Component.AUDIT_SERVICE);
        return store.follow(events, "SELECT 1 FROM audit_event_key WHERE id = ? AND phase = 'OUTCOME'");
    }
}
