package io.deepsuite.dataprep.vault;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys of the key file, read once at the start; a file that is not right stops it. */
@Startup
@Singleton
class MasterKeys {

    private final Map<Integer, MasterKey> byId;
    private final MasterKey current;

    @Inject
    MasterKeys(VaultConfig config) {
        this(config.keyFile());
    }

    /** @throws IllegalStateException if the file cannot be read, holds no key, the same key twice or a malformed line */
    MasterKeys(Path file) {
        this.byId = read(file);
        this.current = byId.values().iterator().next();
    }

    /** The key that seals. */
    MasterKey current() {
        return current;
    }

    /** The key that sealed a vault. */
    Optional<MasterKey> find(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    private static Map<Integer, MasterKey> read(Path file) {
        var keys = new LinkedHashMap<Integer, MasterKey>();
        int lineNumber = 0;
        try {
            for (String line :
                    Files.readString(file, StandardCharsets.US_ASCII).lines().toList()) {
                lineNumber++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    var key = MasterKey.parse(line.strip());
                    if (keys.put(key.id(), key) != null) {
                        throw new IllegalArgumentException("key: the same as in a line before (expected: another)");
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the key file %s".formatted(file), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("key file %s, line %d: %s".formatted(file, lineNumber, e.getMessage()), e);
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("key file %s: no key (expected: at least 1)".formatted(file));
        }
        return keys;
    }
}
