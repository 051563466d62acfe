package io.deepsuite.proof.cli;

import io.deepsuite.proof.bundle.HeldCheckpoint;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        for (String key : keys) {
            verifiers.addAll(
                    key.indexOf('+') >= 0 && !Files.exists(Path.of(key)) ? parse(key) : readKeys(Path.of(key)));
        }
        if (keys.isEmpty()) {
            for (Path file : files(published, KEY)) {
                verifiers.addAll(readKeys(file));
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

    private static List<NoteVerifier> readKeys(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    private static List<NoteVerifier> parse(String keys) {
        return keys.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(NoteVerifier::parse)
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
