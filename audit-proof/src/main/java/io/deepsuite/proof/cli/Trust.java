package io.deepsuite.proof.cli;

import io.deepsuite.proof.bundle.HeldCheckpoint;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.SignedNote;
import io.deepsuite.proof.note.WitnessKey;
import io.deepsuite.proof.note.WitnessPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the auditor brings along.
 *
 * @param keys public keys of the log
 * @param held checkpoints kept from earlier, signed by one of the keys
 */
record Trust(List<NoteVerifier> keys, List<HeldCheckpoint> held) {

    private static final String KEY = ".vkey";
    private static final String CHECKPOINT = ".checkpoint";

    /**
     * Reads keys and checkpoints.
     *
     * @param keys keys in text form, or files with one a line
     * @param published directories with files {@code *.vkey} and {@code *.checkpoint}. Their keys count only when no others are given
     * @throws NoteException when a key or a checkpoint is malformed, or a checkpoint is signed by none of the keys
     */
    static Trust read(List<String> keys, List<Path> published) throws IOException {
        List<NoteVerifier> verifiers = new ArrayList<>();
        verifiers.addAll(logKeys(keys));
        if (keys.isEmpty()) {
            for (Path file : files(published, KEY)) {
                verifiers.addAll(parse(Files.readString(file), NoteVerifier::parse));
            }
        }
        if (verifiers.isEmpty()) {
            throw new IllegalArgumentException("no key found in %s".formatted(published));
        }
        List<HeldCheckpoint> held = new ArrayList<>();
        for (Path file : files(published, CHECKPOINT)) {
            held.add(readCheckpoint(file, verifiers));
        }
        return new Trust(verifiers, held);
    }

    private static HeldCheckpoint readCheckpoint(Path file, List<NoteVerifier> keys) throws IOException {
        try {
            SignedNote note = SignedNote.parse(Files.readString(file));
            note.verify(keys);
            return new HeldCheckpoint(
                    Checkpoint.parse(note.text()),
                    Files.getLastModifiedTime(file).toInstant());
        } catch (NoteException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Keys of logs, as they are or from files. */
    static List<NoteVerifier> logKeys(List<String> keys) throws IOException {
        return keys(keys, NoteVerifier::parse);
    }

    /** The witnesses that were named. @throws IllegalArgumentException when more are asked for than were named */
    static WitnessPolicy witnesses(Arguments arguments) throws IOException {
        List<WitnessKey> witnesses = keys(arguments.witnesses(), WitnessKey::parse).stream()
                .distinct()
                .toList();
        return new WitnessPolicy(witnesses, arguments.quorum().orElse(witnesses.size()));
    }

    private static <K> List<K> keys(List<String> given, Function<String, K> read) throws IOException {
        List<K> keys = new ArrayList<>();
        for (String key : given) {
            boolean isKey = key.indexOf('+') >= 0 && !Files.exists(Path.of(key));
            keys.addAll(parse(isKey ? key : Files.readString(Path.of(key)), read));
        }
        return keys;
    }

    private static <K> List<K> parse(String keys, Function<String, K> read) {
        return keys.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(read)
                .toList();
    }

    private static List<Path> files(List<Path> directories, String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path directory : directories) {
            try (Stream<Path> tree = Files.walk(directory)) {
                tree.filter(file -> file.toString().endsWith(suffix)).sorted().forEach(found::add);
            }
        }
        return found;
    }
}
