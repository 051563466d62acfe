package io.deepsuite.engine.peer;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Lets only the configured workloads in. The certificate's chain is checked by the handshake before. */
@ApplicationScoped
public class PeerCheck {

    private final Set<String> allowed;

    PeerCheck(PeerConfig config) {
        this.allowed = Set.copyOf(config.allowedPeers());
    }

    /**
     * Checks the workload behind a connection.
     *
     * @param session of the connection; null for one without TLS
     * @return common name of the peer's certificate
     * @throws Refusal {@link RefusalReason#PEER_REFUSED} if it is not on the list
     */
    public String check(@Nullable SSLSession session) {
        String name = session == null ? "" : commonName(session);
        if (!allowed.contains(name)) {
            throw new Refusal(RefusalReason.PEER_REFUSED, "the certificate's common name is not one that may call");
        }
        return name;
    }

    private static String commonName(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? commonName(certificate.getSubjectX500Principal().getName())
                    : "";
        } catch (SSLPeerUnverifiedException _) {
            return "";
        }
    }

    /**
     * Common name in a subject, empty if it has none.
     *
     * @param subject distinguished name in the form of RFC 2253
     */
    static String commonName(String subject) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString())
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException _) {
            return "";
        }
    }
}
