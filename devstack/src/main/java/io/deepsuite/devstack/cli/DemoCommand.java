package io.deepsuite.devstack.cli;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.demo.AuditTrail;
import io.deepsuite.devstack.demo.ChatClient;
import io.deepsuite.devstack.demo.MaskingClient;
import io.deepsuite.devstack.engine.DemoModel;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Port;
import java.io.PrintStream;
import java.util.UUID;

/** A tour with real calls: streaming, masking, and the audit trail of both. */
final class DemoCommand {
    private static final String TITLE = "无线蓝牙耳机";
    private static final String PERSONAL = "13812345678 智能手机";

    private final StackOptions options;
    private final PrintStream out;

    DemoCommand(StackOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    int run() {
        int started = new UpCommand(options, out).run();
        if (started != 0) {
            return started;
        }
        var stack = Stack.attach(options);
        var application = stack.identity("demo-app");
        var chat = new ChatClient(application, stack.addresses().model());
        var person = stack.token(Role.MODEL_USER);

        heading("1. A product title, translated while you watch");
        var translation = "demo-" + UUID.randomUUID();
        ask(chat, person, translation, TITLE);

        heading("2. A prompt with a telephone number");
        out.println("What the model gets instead, as Data Prep says (deepsuite.dataprep.v1.PrepService/Mask):");
        var masked = new MaskingClient(application, options.ports().of(Port.DATAPREP))
                .mask(stack.token(Role.DATA_ENGINEER), PERSONAL);
        out.println("  " + masked);
        if (masked.contains("13812345678")) {
            throw new DevstackException("the telephone number was not masked");
        }
        out.println("The same prompt through the model; the number is put back into the answer:");
        var personal = "demo-" + UUID.randomUUID();
        ask(chat, person, personal, PERSONAL);

        heading("3. What the audit trail holds about the two");
        var trail = new AuditTrail(application, stack.addresses().audit());
        var auditor = stack.token(Role.AUDITOR);
        for (var requestId : new String[] {translation, personal}) {
            out.println("GET " + stack.addresses().audit() + "/api/v1/audit-events?requestId=" + requestId);
            trail.event(auditor, requestId).forEach(line -> out.println("  " + line));
        }
        out.printf("%nThat was the tour. Everything keeps running; ./deepsuite down stops it.%n");
        return 0;
    }

    private void ask(ChatClient chat, String token, String requestId, String prompt) {
        out.println("POST /v1/chat/completions, x-request-id: " + requestId);
        out.println("  " + prompt);
        out.print("  → ");
        int pieces = chat.stream(token, requestId, DemoModel.NAME, prompt, piece -> {
            out.print(piece);
            out.flush();
        });
        out.printf("   (%d pieces)%n", pieces);
    }

    private void heading(String text) {
        out.printf("%n%s%n", text);
    }
}
