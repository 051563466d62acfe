package io.deepsuite.journal.scope;

import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.servicekit.testing.TestIdentities;
import java.util.List;
import java.util.Map;

/** What a caller may send to seem somebody else, and who it is nevertheless. */
final class ForgedHeaders {

    private static final String MALLORY = "mallory";

    static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("x-user", MALLORY),
            Map.entry("x-user-id", MALLORY),
            Map.entry("x-remote-user", MALLORY),
            Map.entry("x-forwarded-user", MALLORY),
            Map.entry("x-forwarded-preferred-username", MALLORY),
            Map.entry("x-forwarded-email", "mallory@example.com"),
            Map.entry("x-auth-request-user", MALLORY),
            Map.entry("x-tenant", MALLORY),
            Map.entry("x-session-id", MALLORY),
            Map.entry("x-forwarded-access-token", MALLORY),
            Map.entry("proxy-authorization", "Basic bWFsbG9yeTptYWxsb3J5"),
            Map.entry("x-forwarded-client-cert", "Subject=\"CN=model-service\";URI=spiffe://deepsuite/ns/x/sa/mallory"),
            Map.entry("x-ssl-client-cert", MALLORY),
            Map.entry("x-ssl-client-s-dn", "CN=model-service"),
            Map.entry("forwarded", "for=203.0.113.9;by=203.0.113.9;host=mallory"),
            Map.entry("x-forwarded-for", "203.0.113.9"),
            Map.entry("x-real-ip", "203.0.113.9"));

    static final Actor TRUE_ACTOR = actor("demo-app");

    private ForgedHeaders() {}

    /** Whom {@link TestIdentities#token} speaks of, carried by a workload. */
    static Actor actor(String workload) {
        return Actor.newBuilder()
                .setType(ActorType.ACTOR_TYPE_USER)
                .setId("11111111-2222-4333-8444-555555555555")
                .setName("alice")
                .setClientId("demo-app")
                .setSessionId(TestIdentities.SESSION)
                .setWorkload(workload)
                .setWorkloadCertificateSha256(
                        TestIdentities.certificate(workload).sha256())
                .setSourceAddress("127.0.0.1")
                .build();
    }

    /** Authorizations of which none is a bearer token of the suite. */
    static final List<String> OTHER_AUTHORIZATIONS = List.of(
            "Basic bWFsbG9yeTptYWxsb3J5", "Negotiate bWFsbG9yeQ==", "Digest username=\"mallory\"", "Bearer mallory");
}
