package io.deepsuite.dataprep.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Vaults with a key of their own. */
public final class TestVaults {

    private TestVaults() {}

    /** Writes a key file into the directory. */
    public static Vaults in(Path directory) throws IOException {
        return new Vaults(new MasterKeys(Files.writeString(directory.resolve("keys"), "5a".repeat(32))));
    }
}
