package io.deepsuite.systemtests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Keys in the binary form that the PostgreSQL driver reads. */
final class DerKeys {

    private DerKeys() {}

    /** A DER copy of a PKCS #8 key in PEM, beside it and as private. */
    static Path of(Path pem) {
        var der = pem.resolveSibling(pem.getFileName() + ".pk8");
        try {
            if (!Files.exists(der)) {
                var base64 = Files.readString(pem)
                        .replaceAll("-----[A-Z ]+-----", "")
                        .replaceAll("\\s", "");
                var draft = Files.createTempFile(
                        pem.getParent(),
                        "key",
                        ".pk8",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(draft, Base64.getDecoder().decode(base64));
                Files.move(draft, der);
            }
            return der;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
