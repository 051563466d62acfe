package io.deepsuite.servicekit.identity;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.json.JsonString;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Checks that a token is used over the connection it was issued for (RFC 8705, section 3).
 *
 * @param required whether a token without binding is refused
 * @param delegating workloads that may carry tokens of others
 */
public record TokenBinding(boolean required, Set<String> delegating) {

    public TokenBinding {
        delegating = Set.copyOf(delegating);
    }

    /**
     * Checks a token against the certificate of the connection that carries it.
     *
     * @throws DeepsuiteException {@link ErrorReason#TOKEN_INVALID} if the token does not belong to this connection
     */
    public void check(JsonWebToken token, Optional<PeerCertificate> peer) {
        var bound = thumbprint(token);
        if (bound.isEmpty()) {
            if (required) {
                throw new DeepsuiteException(
                        ErrorReason.TOKEN_INVALID, "the token is not bound to a certificate (expected: claim cnf)");
            }
            return;
        }
        boolean matches = peer.filter(certificate ->
                        certificate.thumbprint().equals(bound.get()) || delegating.contains(certificate.workload()))
                .isPresent();
        if (!matches) {
            throw new DeepsuiteException(ErrorReason.TOKEN_INVALID, "the token is bound to another certificate");
        }
    }

    private static Optional<String> thumbprint(JsonWebToken token) {
        Object confirmation = token.getClaim("cnf");
        if (!(confirmation instanceof Map<?, ?> claims)) {
            return Optional.empty();
        }
        Object value = claims.get("x5t#S256");
        return switch (value) {
            case JsonString text -> Optional.of(text.getString());
            case String text -> Optional.of(text);
            case null, default -> Optional.empty();
        };
    }
}
