package io.deepsuite.servicekit.identity;

import java.util.Set;

/**
 * Who makes a call: the person or service account of the token, and the workload of the client certificate. Both are kept.
 *
 * @param kind what the token belongs to; {@link Kind#UNKNOWN} when there was no valid token
 * @param id subject claim; the workload's name when unknown
 * @param name {@code preferred_username}; the workload's name when unknown
 * @param tenant claim {@code tenant}, or {@code default}
 * @param clientId claim {@code azp}; empty when unknown
 * @param sessionId claim {@code sid}, the sign-in that the token comes from; empty when the token has none
 * @param workload common name of the client certificate
 * @param workloadSpiffeId SPIFFE id of the client certificate, such as {@code spiffe://deepsuite/ns/apps/sa/app}; empty when it has none
 * @param workloadCertificateSha256 SHA-256 of the certificate (DER), lower-case hexadecimal
 * @param sourceAddress address of the peer, without port
 * @param roles realm roles of the token
 */
public record Caller(
        Kind kind,
        String id,
        String name,
        String tenant,
        String clientId,
        String sessionId,
        String workload,
        String workloadSpiffeId,
        String workloadCertificateSha256,
        String sourceAddress,
        Set<String> roles) {

    /** Tenant of callers whose token names none. */
    public static final String DEFAULT_TENANT = "default";

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** What a token belongs to. */
    public enum Kind {
        /** A person. */
        USER,
        /** A program with an account of its own. */
        SERVICE_ACCOUNT,
        /** No valid token; only the certificate speaks. */
        UNKNOWN
    }
}
