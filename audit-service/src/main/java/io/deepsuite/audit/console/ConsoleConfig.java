package io.deepsuite.audit.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;

/** The auditors' console. */
@ConfigMapping(prefix = "deepsuite.console")
public interface ConsoleConfig {

    /**
     * File with the key that encrypts sessions, the same for all replicas: 32 to 1024 visible characters, best 64 random hexadecimal digits. Default
     * /etc/deepsuite/console/session-key.
     */
    @WithDefault("/etc/deepsuite/console/session-key")
    Path sessionKeyFile();

    /** Events on one page of a search, 1 to 1000; default 50. */
    @WithDefault("50")
    @Min(1)
    @Max(1000)
    int pageSize();
}
