package io.deepsuite.journal.shipping;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Files of this workload's certificate, PEM. They may be replaced at any time. */
@ConfigMapping(prefix = "deepsuite.tls")
public interface CertificateConfig {

    /** Certificate, followed by its intermediates; default /etc/deepsuite/tls/tls.crt. */
    @WithDefault("/etc/deepsuite/tls/tls.crt")
    Path certificate();

    /** Private key, PKCS #8 without password; default /etc/deepsuite/tls/tls.key. */
    @WithDefault("/etc/deepsuite/tls/tls.key")
    Path key();

    /** Certificates of the authorities that are trusted; default /etc/deepsuite/tls/ca.crt. */
    @WithDefault("/etc/deepsuite/tls/ca.crt")
    Path ca();
}
