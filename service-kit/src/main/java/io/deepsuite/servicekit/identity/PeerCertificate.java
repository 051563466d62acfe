package io.deepsuite.servicekit.identity;

import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The certificate that the other side of the connection proved to own.
 *
 * @param workload common name of its subject; empty when it has none
 * @param spiffeId URI of scheme {@code spiffe} among its alternative names; empty unless there is exactly one, as SPIFFE's X.509-SVID wants it
 * @param sha256 SHA-256 of its DER form, lower-case hexadecimal
 * @param thumbprint the same hash as in {@code x5t#S256} (RFC 8705, section 3.1): base64url without padding
 */
public record PeerCertificate(String workload, String spiffeId, String sha256, String thumbprint) {

    /** Kind of an alternative name (RFC 5280, section 4.2.1.6): uniformResourceIdentifier. */
    private static final int URI_NAME = 6;

    private static final String SPIFFE = "spiffe://";

    /** Reads the certificate of a connection; empty where the connection has none. */
    public static Optional<PeerCertificate> of(HttpServerRequest request) {
        var session = request.sslSession();
        if (session == null) {
            return Optional.empty();
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(of(certificate))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** Reads the names that the suite uses from a certificate. */
    public static PeerCertificate of(X509Certificate certificate) {
        var hash = sha256(certificate);
        return new PeerCertificate(
                commonName(certificate),
                spiffeId(certificate),
                HexFormat.of().formatHex(hash),
                Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }

    private static byte[] sha256(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("certificate has no SHA-256", e);
        }
    }

    private static String spiffeId(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            var ids = (names == null ? List.<List<?>>of() : names)
                    .stream()
                            .filter(name -> Integer.valueOf(URI_NAME).equals(name.getFirst()))
                            .map(name -> String.valueOf(name.getLast()))
                            .filter(uri -> uri.regionMatches(true, 0, SPIFFE, 0, SPIFFE.length()))
                            .toList();
            return ids.size() == 1 ? ids.getFirst() : "";
        } catch (CertificateParsingException e) {
            return "";
        }
    }

    private static String commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> rdn.getValue().toString())
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
