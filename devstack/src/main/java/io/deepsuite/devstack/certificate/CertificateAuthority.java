package io.deepsuite.devstack.certificate;

import io.deepsuite.devstack.layout.StackDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates of workloads: P-256 keys, random serial numbers, common name and DNS name of the workload, and
 * {@code localhost} and 127.0.0.1 beside it. The key of the authority never leaves its folder.
 */
public final class CertificateAuthority {
    /** Common name of the authority, here and on Kubernetes: the realm names it. */
    private static final String NAME = "Deepsuite internal authority";

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(90);
    private static final Duration RENEW_BEFORE = Duration.ofDays(7);
    /** Clocks may differ a little. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private final Path folder;
    private final InstantSource clock;
    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(Path folder, InstantSource clock, X509Certificate certificate, PrivateKey key) {
        this.folder = folder;
        this.clock = clock;
        this.certificate = certificate;
        this.key = key;
    }

    /** Opens the authority of a folder ({@code ca.crt}, {@code ca.key}), making it when it is missing or about to expire. */
    public static CertificateAuthority open(Path folder, InstantSource clock) {
        var certificateFile = folder.resolve("ca.crt");
        var keyFile = folder.resolve("ca.key");
        try {
            Files.createDirectories(folder);
            if (!usable(certificateFile, keyFile, clock)) {
                createAuthority(certificateFile, keyFile, clock);
            }
            return new CertificateAuthority(
                    folder, clock, Identity.readCertificate(certificateFile), Identity.readKey(keyFile));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("certificate authority of " + folder, e);
        }
    }

    /** The certificate of the authority, PEM. */
    public Path certificateFile() {
        return folder.resolve("ca.crt");
    }

    /** The workload's identity, issued when it is missing, about to expire or signed by another authority. */
    public Identity identity(String workload) {
        var identity = at(folder, workload);
        try {
            if (usable(identity.certificate(), identity.key(), clock) && signedByUs(identity.x509())) {
                return identity;
            }
        } catch (IOException | GeneralSecurityException _) {
            // Unreadable: issued again below.
        }
        return issue(
                folder,
                workload,
                clock.instant().minus(BACKDATED),
                clock.instant().plus(LEAF_LIFE));
    }

    /** A further certificate for a name, in a folder of its own; the one in use stays what it is. */
    public Identity issueInto(Path target, String workload) {
        return issue(
                target,
                workload,
                clock.instant().minus(BACKDATED),
                clock.instant().plus(LEAF_LIFE));
    }

    /** A certificate that was valid until a minute ago. */
    public Identity issueExpiredInto(Path target, String workload) {
        var end = clock.instant().minus(Duration.ofMinutes(1));
        return issue(target, workload, end.minus(Duration.ofDays(1)), end);
    }

    private Identity issue(Path target, String workload, Instant from, Instant until) {
        try {
            Files.createDirectories(target);
            var keys = keyPair();
            var builder =
                    builder(new X500Name(certificate.getSubjectX500Principal().getName()), workload, keys, from, until);
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(keys.getPublic()));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, workload),
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            var identity = at(target, workload);
            StackDirectory.writePrivate(
                    identity.key(), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            StackDirectory.writePrivate(
                    identity.certificate(),
                    pem("CERTIFICATE", sign(builder, key).getEncoded()));
            return identity;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("certificate for " + workload, e);
        }
    }

    private Identity at(Path target, String workload) {
        return new Identity(
                workload, target.resolve(workload + ".crt"), target.resolve(workload + ".key"), certificateFile());
    }

    private boolean signedByUs(X509Certificate leaf) throws GeneralSecurityException {
        try {
            leaf.verify(certificate.getPublicKey());
            return true;
        } catch (java.security.SignatureException | java.security.InvalidKeyException _) {
            return false;
        }
    }

    private static void createAuthority(Path certificateFile, Path keyFile, InstantSource clock)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var keys = keyPair();
        var now = clock.instant();
        var builder = builder(new X500Name("CN=" + NAME), NAME, keys, now.minus(BACKDATED), now.plus(AUTHORITY_LIFE));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        StackDirectory.writePrivate(
                keyFile, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        StackDirectory.writePrivate(
                certificateFile,
                pem("CERTIFICATE", sign(builder, keys.getPrivate()).getEncoded()));
    }

    private static boolean usable(Path certificateFile, Path keyFile, InstantSource clock)
            throws IOException, GeneralSecurityException {
        if (!Files.exists(certificateFile) || !Files.exists(keyFile)) {
            return false;
        }
        var end = Identity.readCertificate(certificateFile).getNotAfter().toInstant();
        return end.isAfter(clock.instant().plus(RENEW_BEFORE));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, String subject, KeyPair keys, Instant from, Instant until) throws CertIOException {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, new SecureRandom()).setBit(126),
                Date.from(from),
                Date.from(until),
                new X500Name("CN=" + subject),
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey signer)
            throws GeneralSecurityException, OperatorCreationException {
        var content = new JcaContentSignerBuilder("SHA256withECDSA").build(signer);
        return new JcaX509CertificateConverter().getCertificate(builder.build(content));
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }
}
