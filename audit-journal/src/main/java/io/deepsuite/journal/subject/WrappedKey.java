package io.deepsuite.journal.subject;

import com.google.protobuf.ByteString;
import java.util.UUID;

/**
 * A subject's key as it is sent and stored.
 *
 * @param keyId id of the subject's key
 * @param wrappingKeyId name of the key-encryption key
 * @param bytes the encrypted key, in the form that the wrapper chose
 */
public record WrappedKey(UUID keyId, String wrappingKeyId, ByteString bytes) {}
