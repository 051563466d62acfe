package io.deepsuite.servicekit.identity;

import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads who calls from a verified token and the connection's certificate. */
public final class CallerReader {

    /** How Keycloak names the users of service accounts. */
    private static final String SERVICE_ACCOUNT_PREFIX = "service-account-";

    private CallerReader() {}

    /** The owner of a verified token, and the workload that carries it. */
    public static Caller read(
            JsonWebToken token, Set<String> roles, Optional<PeerCertificate> peer, String sourceAddress) {
        var name =
                text(token, "preferred_username").or(() -> text(token, "sub")).orElse("");
        return new Caller(
                name.startsWith(SERVICE_ACCOUNT_PREFIX) ? Caller.Kind.SERVICE_ACCOUNT : Caller.Kind.USER,
                text(token, "sub").orElse(name),
                name,
                text(token, "tenant").orElse(Caller.DEFAULT_TENANT),
                text(token, "azp").orElse(""),
                text(token, "sid").orElse(""),
                peer.map(PeerCertificate::workload).orElse(""),
                peer.map(PeerCertificate::spiffeId).orElse(""),
                peer.map(PeerCertificate::sha256).orElse(""),
                sourceAddress,
                roles);
    }

    /** The caller of whom nothing but the certificate is known. */
    public static Caller unknown(Optional<PeerCertificate> peer, String sourceAddress) {
        var workload = peer.map(PeerCertificate::workload).orElse("");
        return new Caller(
                Caller.Kind.UNKNOWN,
                workload,
                workload,
                Caller.DEFAULT_TENANT,
                "",
                "",
                workload,
                peer.map(PeerCertificate::spiffeId).orElse(""),
                peer.map(PeerCertificate::sha256).orElse(""),
                sourceAddress,
                Set.of());
    }

    private static Optional<String> text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
