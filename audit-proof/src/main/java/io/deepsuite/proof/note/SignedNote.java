package io.deepsuite.proof.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A text with signature lines below it.
 *
 * <p>Source: C2SP signed-note. The text ends with a line feed; an empty line and the signatures follow.
 *
 * @param text what was signed
 * @param signatures at least one, in the order of their lines
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    private static final String SEPARATOR = "\n\n";
    private static final String SIGNATURE_PREFIX = "\u2014 ";

    public SignedNote {
        if (!text.endsWith("\n")) {
            throw new NoteException("note text: no line feed at its end");
        }
        signatures = List.copyOf(signatures);
    }

    /**
     * One signature line.
     *
     * @param name name of the key
     * @param keyId id of the key
     * @param base64 signature, standard base64; 64 bytes for Ed25519
     */
    public record NoteSignature(String name, int keyId, String base64) {

        static NoteSignature of(NoteVerifier key, byte[] signature) {
            return new NoteSignature(
                    key.name(), key.keyId(), Base64.getEncoder().encodeToString(signature));
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }

        /** The line, with its line feed. */
        public String line() {
            byte[] bytes = bytes();
            byte[] tagged = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                    .putInt(keyId)
                    .put(bytes)
                    .array();
            return SIGNATURE_PREFIX + name + ' ' + Base64.getEncoder().encodeToString(tagged) + '\n';
        }

        private static NoteSignature parse(String line) {
            String[] parts = line.split(" ", -1);
            if (!line.startsWith(SIGNATURE_PREFIX) || parts.length != 3) {
                throw new NoteException("signature line: '%s' (expected: \u2014 name signature)".formatted(line));
            }
            byte[] tagged = decode(parts[2]);
            if (tagged.length <= Integer.BYTES) {
                throw new NoteException("signature of %s: %d bytes (expected: more than %d)"
                        .formatted(parts[1], tagged.length, Integer.BYTES));
            }
            byte[] signature = Arrays.copyOfRange(tagged, Integer.BYTES, tagged.length);
            return new NoteSignature(
                    parts[1],
                    ByteBuffer.wrap(tagged).getInt(),
                    Base64.getEncoder().encodeToString(signature));
        }

        private static byte[] decode(String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new NoteException("signature: not base64", e);
            }
        }
    }

    /**
     * Signs a text.
     *
     * @param signers at least one
     */
    public static SignedNote sign(String text, Collection<? extends NoteSigner> signers) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        List<NoteSignature> signatures = new ArrayList<>();
        for (NoteSigner signer : signers) {
            NoteVerifier key = signer.verifier();
            signatures.add(NoteSignature.of(key, signer.sign(message)));
        }
        return new SignedNote(text, signatures);
    }

    /**
     * Reads a note without checking its signatures.
     *
     * @throws NoteException when it is malformed
     */
    public static SignedNote parse(String note) {
        int end = note.lastIndexOf(SEPARATOR);
        if (end < 0 || !note.endsWith("\n")) {
            throw new NoteException("note: no empty line before the signatures");
        }
        List<NoteSignature> signatures = note.substring(end + SEPARATOR.length())
                .lines()
                .map(NoteSignature::parse)
                .toList();
        if (signatures.isEmpty()) {
            throw new NoteException("note: no signature");
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /** The same note with one more signature line. */
    public SignedNote plus(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /** The text with its signature lines. */
    public String toText() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }

    /**
     * Checks the note against known keys. Lines of unknown keys are passed over, as the format asks.
     *
     * @return the keys whose signatures are right, at least one
     * @throws NoteException when a line of a known key is wrong, or no known key signed
     */
    public List<NoteVerifier> verify(Collection<NoteVerifier> keys) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        List<NoteVerifier> verified = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (NoteVerifier key : keys) {
                if (key.keyId() != signature.keyId() || !key.name().equals(signature.name())) {
                    continue;
                }
                if (!key.verifies(message, signature.bytes())) {
                    throw new NoteException("signature of %s does not fit the text".formatted(key.name()));
                }
                verified.add(key);
            }
        }
        if (verified.isEmpty()) {
            throw new NoteException("no known key signed: signed by %s (expected one of: %s)"
                    .formatted(
                            signatures.stream().map(NoteSignature::name).toList(),
                            keys.stream().map(NoteVerifier::name).toList()));
        }
        return verified;
    }
}
