package io.deepsuite.devstack.cli;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.StackState;
import java.io.PrintStream;

/** Starts what does not run, registers the demo model and says where everything is. */
final class UpCommand {
    private final StackOptions options;
    private final PrintStream out;

    UpCommand(StackOptions options, PrintStream out) {
        this.options = options.withProgress(line -> out.println("  " + line));
        this.out = out;
    }

    int run() {
        long start = System.nanoTime();
        var stack = Stack.open(options);
        if (complete(stack)) {
            out.println("Everything runs already.");
        } else {
            out.println(
                    StackState.exists(stack.directory())
                            ? "Starting the stack"
                            : "Starting the stack for the first time: databases, certificates and realm are made now");
            stack.startAll();
            stack.seedRegistry();
            new StackState(options.ports(), options.packaging(), true).save(stack.directory());
            out.printf("Ready after %.0f s.%n", (System.nanoTime() - start) / 1e9);
        }
        describe(stack);
        return 0;
    }

    private static boolean complete(Stack stack) {
        return StackState.exists(stack.directory())
                && StackState.load(stack.directory()).complete()
                && stack.states().values().stream().allMatch(state -> state == Stack.State.READY);
    }

    private void describe(Stack stack) {
        var addresses = stack.addresses();
        out.printf("%n%-18s %-32s %s%n", "address", "", "metrics, health, readiness");
        line("model-service", addresses.model(), addresses.management(Component.MODEL_SERVICE));
        line("dataprep-service", addresses.dataprep(), addresses.management(Component.DATAPREP_SERVICE));
        line("monitor-agent", addresses.monitor(), addresses.management(Component.MONITOR_AGENT));
        line("audit-service", addresses.audit(), addresses.management(Component.AUDIT_SERVICE));
        line("keycloak", addresses.keycloak(), "realm deepsuite");
        line("kafka", addresses.kafka(), "mutual TLS");
        out.printf("%ndemo users         ");
        for (var role : Role.values()) {
            out.print(role.username() + " (" + role.roleName() + ")  ");
        }
        out.printf("""
                %n                   passwords: %s/demo-user-*

                Try:
                  source %s
                  curl --cacert $CA_CERT --cert $CLIENT_CERT --key $CLIENT_KEY -H "Authorization: Bearer $(./deepsuite token model-user)" \\
                    -H 'Content-Type: application/json' $MODEL_URL/v1/chat/completions \\
                    -d '{"model": "tiny-translate", "stream": true, "messages": [{"role": "user", "content": "智能手机"}]}'
                  curl --cacert $CA_CERT --cert $CLIENT_CERT --key $CLIENT_KEY -H "Authorization: Bearer $(./deepsuite token auditor)" $AUDIT_URL/api/v1/audit-events
                """, stack.directory().secrets(), stack.directory().env());
    }

    private void line(String name, Object address, Object management) {
        out.printf("%-18s %-32s %s%n", name, address, management);
    }
}
