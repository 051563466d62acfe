package io.deepsuite.journal.subject;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Gives persons names that tell nobody who they are. Whoever lacks the key cannot find a person by trying ids, and one id in two tenants is two subjects.
 * The key is never replaced: with another one, nobody's older keys would be found.
 */
public final class SubjectHasher {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String LABEL = "deepsuite subject v1";
    private static final String NAME_LABEL = "deepsuite subject name v1";

    private final SecretKey key;

    /** @param key 32 random bytes, the same in the whole installation */
    public SubjectHasher(SecretKey key) {
        this.key = key;
    }

    /** The person with an actor id in a tenant. */
    public Subject subject(String tenant, String actorId) {
        return new Subject(tenant, hash(LABEL, tenant, actorId));
    }

    /**
     * What a name in a tenant is found by; never equal to what an id is.
     *
     * @return 64 lower-case hexadecimal characters; empty for an empty name
     */
    public String name(String tenant, String actorName) {
        return actorName.isEmpty() ? "" : hash(NAME_LABEL, tenant, actorName);
    }

    private String hash(String label, String tenant, String text) {
        byte[] message = new Context(label).with(tenant).with(text).toByteArray();
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
