package io.deepsuite.dataprep.vault;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the keys of the vaults come from. */
@ConfigMapping(prefix = "deepsuite.placeholder")
public interface VaultConfig {

    /**
     * File with the master keys, one a line: 32 random bytes in hexadecimal. The first seals, all open: a new key is added as the second line everywhere, then
     * moved to the first, and the old one removed when no answer that it sealed is under way any more. Empty lines and lines that begin with {@code #} are
     * skipped. Read at the start; default {@code /etc/deepsuite/placeholder/keys}.
     */
    @WithDefault("/etc/deepsuite/placeholder/keys")
    Path keyFile();
}
