package io.deepsuite.model.hashing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/** Key of the keyed input hash. */
@ConfigMapping(prefix = "deepsuite.hmac")
public interface HashingConfig {

    /** File with 32 random bytes as 64 hexadecimal characters. Default {@code /etc/deepsuite/hmac/key}. */
    @WithDefault("/etc/deepsuite/hmac/key")
    @NotNull
    Path keyFile();
}
