package io.deepsuite.proof.cli;

import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.Cosigner;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.PemKey;
import io.deepsuite.proof.witness.Witness;
import io.deepsuite.proof.witness.WitnessRefusal;
import io.deepsuite.proof.witness.WitnessRequest;
import io.deepsuite.proof.witness.WitnessState;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * {@code witness --name NAME --key FILE --log-key KEY… --state DIRECTORY REQUEST}. Ends with 0 when it co-signed, 1 when it refused, 2 when it could not look.
 */
public final class WitnessMain {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int UNABLE = 2;
    /** A request is a proof of 63 hashes and a checkpoint with some signatures; this is many times that. */
    private static final int MAX_REQUEST = 64 * 1024;

    private static final String USAGE = """
        Usage: witness --name NAME --key FILE --log-key KEY... --state DIRECTORY REQUEST
               witness --name NAME --key FILE
               witness --state DIRECTORY --size LOG

        Co-signs a checkpoint (C2SP tlog-cosignature) if it continues the last one that was co-signed of its log, and writes the co-signed checkpoint.
        Without a request it writes the witness's public key; with --size, how far a log was co-signed (0 for not at all).

          --name NAME        name of the witness
          --key FILE         its private key, Ed25519, PEM; used for nothing else
          --log-key KEY      public key of the log: name+id+base64, or a file with one key a line
          --state DIRECTORY  remembers what was co-signed; losing it means trusting the log anew
          REQUEST            file: old SIZE, a proof, a checkpoint (C2SP tlog-witness, add-checkpoint); - reads standard input

        Exit code 0: co-signed. 1: refused, as the log was forked or has shrunk; one line says what. 2: could not look.
        """;

    private WitnessMain() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.in, System.out, System.err, InstantSource.system()));
    }

    static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err, InstantSource clock) {
        try {
            WitnessArguments parsed = WitnessArguments.parse(arguments);
            out.print(parsed.help() ? USAGE : answer(parsed, in, clock));
            out.flush();
            return DONE;
        } catch (WitnessRefusal refusal) {
            err.println("witness: REFUSED: " + refusal.getMessage());
            return REFUSED;
        } catch (NoSuchFileException e) {
            err.println("witness: no such file: " + e.getFile());
        } catch (IOException | NoteException | IllegalArgumentException e) {
            err.println("witness: " + e.getMessage());
        }
        return UNABLE;
    }

    private static String answer(WitnessArguments arguments, InputStream in, InstantSource clock) throws IOException {
        if (arguments.size().isPresent()) {
            return size(arguments.state().orElseThrow(), arguments.size().get()) + "\n";
        }
        var cosigner =
                new Cosigner(arguments.name(), PemKey.read(arguments.key().orElseThrow()));
        if (arguments.request().isEmpty()) {
            return cosigner.witness().toText() + "\n";
        }
        var keys = Trust.logKeys(arguments.logKeys());
        var request = WitnessRequest.parse(read(arguments.request().get(), in));
        try (var state = WitnessState.open(arguments.state().orElseThrow())) {
            return new Witness(cosigner, keys, state, clock).cosign(request).toText();
        }
    }

    private static long size(Path directory, String log) throws IOException {
        try (var state = WitnessState.open(directory)) {
            return state.last(log)
                    .map(note -> Checkpoint.parse(note.text()).size())
                    .orElse(0L);
        }
    }

    private static String read(String request, InputStream in) throws IOException {
        byte[] bytes;
        if (request.equals("-")) {
            bytes = in.readNBytes(MAX_REQUEST + 1);
        } else {
            try (InputStream file = Files.newInputStream(Path.of(request))) {
                bytes = file.readNBytes(MAX_REQUEST + 1);
            }
        }
        if (bytes.length > MAX_REQUEST) {
            throw new IllegalArgumentException("request: more than %d bytes".formatted(MAX_REQUEST));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
