package io.deepsuite.proof.cli;

import io.deepsuite.proof.bundle.BundleVerifier;
import io.deepsuite.proof.bundle.Verdict;
import io.deepsuite.proof.note.NoteException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** {@code verify [--key KEY]… [--witness KEY]… [--published DIRECTORY]… [--archive DIRECTORY]… [--part] BUNDLE…}. Ends with 0 when all bundles are valid, 1 when one is not, 2 when it could not look, or not everywhere. */
public final class Main {

    private static final int VALID = 0;
    private static final int INVALID = 1;
    private static final int UNABLE = 2;

    /** As archived months are. */
    private static final String COMPRESSED = ".gz";

    private static final String USAGE = """
        Usage: verify [--key KEY]... [--witness KEY]... [--published DIRECTORY]... [--archive DIRECTORY]... [--part] BUNDLE...

        Checks exported audit bundles without network and database: nothing missing, nothing changed.

          --key KEY               public key of the log: name+id+base64, or a file with one key a line
          --witness KEY           public key of a witness that must have co-signed all that is there, or a file with one key a line
          --witnesses N           so many of the witnesses are enough; all of them when this is not said
          --published DIRECTORY   what the audit service publishes: its keys, and checkpoints that the bundle must agree with
          --archive DIRECTORY     archive of months; events that are said to be in one must be there
          --part                  a part of the logs is enough: one log, one event, a month, a piece of an export, an export of long ago
          BUNDLE                  file of an export, or of an archived month (.gz); - reads standard input

        Exit code 0: valid, and all that was signed is here. 1: something is missing or changed; one line says what and where. 2: could not look,
        or not everywhere: events are said to be in an archive, and no --archive was given; or what is here is
        sound, and not all that was signed, and --part was not given.
        """;

    private Main() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.in, System.out, System.err));
    }

    static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
        try {
            Arguments parsed = Arguments.parse(arguments);
            if (parsed.help()) {
                out.print(USAGE);
                return VALID;
            }
            return verify(parsed, in, out);
        } catch (NoSuchFileException e) {
            err.println("verify: no such file: " + e.getFile());
        } catch (IOException | NoteException | IllegalArgumentException e) {
            err.println("verify: " + e.getMessage());
        }
        return UNABLE;
    }

    private static int verify(Arguments arguments, InputStream in, PrintStream out) throws IOException {
        Trust trust = Trust.read(arguments.keys(), arguments.published());
        var verifier = new BundleVerifier(trust.keys(), trust.held(), Trust.witnesses(arguments), arguments.archives());
        int result = VALID;
        for (String bundle : arguments.bundles()) {
            Verdict verdict = verify(verifier, bundle, in);
            out.println(bundle + ": " + verdict.summary());
            switch (verdict) {
                case Verdict.Valid valid -> {
                    print(valid, out);
                    result = result == VALID && !valid.isWhole() && !arguments.part() ? UNABLE : result;
                }
                case Verdict.Incomplete incomplete -> {
                    incomplete.archives().forEach(archive -> out.println("  " + archive));
                    print(incomplete.checked(), out);
                    result = result == VALID ? UNABLE : result;
                }
                case Verdict.Invalid _ -> result = INVALID;
            }
        }
        return result;
    }

    private static void print(Verdict.Valid valid, PrintStream out) {
        valid.logs().forEach(log -> out.println("  " + log));
        valid.absent().forEach(absent -> out.println("  " + absent));
    }

    private static Verdict verify(BundleVerifier verifier, String bundle, InputStream in) throws IOException {
        if (bundle.equals("-")) {
            return verifier.verify(in);
        }
        try (InputStream file = Files.newInputStream(Path.of(bundle))) {
            return verifier.verify(bundle.endsWith(COMPRESSED) ? new GZIPInputStream(file) : file);
        }
    }
}
