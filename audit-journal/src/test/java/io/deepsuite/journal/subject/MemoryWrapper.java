package io.deepsuite.journal.subject;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the keys instead of wrapping them. */
final class MemoryWrapper implements KeyWrapper {

    private final Map<UUID, DataKey> keys = new ConcurrentHashMap<>();

    @Override
    public WrappedKey wrap(DataKey key, Subject subject) {
        keys.put(key.id(), key);
        return new WrappedKey(key.id(), "memory", ByteString.copyFromUtf8(subject.hmac()));
    }

    @Override
    public DataKey unwrap(WrappedKey wrapped, Subject subject) throws SealBrokenException {
        var key = keys.get(wrapped.keyId());
        if (key == null) {
            throw new SealBrokenException("no such key");
        }
        return key;
    }
}
