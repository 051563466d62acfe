package io.deepsuite.journal.subject;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.SubjectKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys of this process for the persons whose events it writes: each made here, at random, used for a limited time, and given to nobody but the journal. */
public final class PersonKeys {

    private final SubjectHasher hasher;
    private final KeyWrapper wrapper;
    private final Duration lifetime;
    private final int most;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Person, PersonKey> keys = new LinkedHashMap<>(16, 0.75f, true);

    /** Who a key is for. A person of another name gets another key, as a key is found by both. */
    private record Person(String tenant, String id, String name) {

        /** Written out: that of a record is interpreted in an executable, part by part, and takes hundreds of times as long. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Person that
                    && id.equals(that.id)
                    && tenant.equals(that.tenant)
                    && name.equals(that.name);
        }

        @Override
        public String toString() {
            return "Person[tenant=%s]".formatted(tenant);
        }
    }

    public PersonKeys(SubjectHasher hasher, KeyWrapper wrapper, SubjectConfig config, InstantSource clock) {
        this.hasher = hasher;
        this.wrapper = wrapper;
        this.lifetime = config.keyLifetime();
        this.most = config.keysAtHand();
        this.clock = clock;
    }

    /** The key for the next event of a person. */
    synchronized PersonKey of(String tenant, String id, String name) {
        var person = new Person(tenant, id, name);
        var now = clock.instant();
        var known = keys.get(person);
        if (known != null && known.isUsable(now, lifetime)) {
            return known;
        }
        var made = make(person, now);
        keys.put(person, made);
        if (keys.size() > most) {
            keys.remove(keys.keySet().iterator().next());
        }
        return made;
    }

    private PersonKey make(Person person, Instant now) {
        var subject = hasher.subject(person.tenant(), person.id());
        var key = DataKey.create(clock, random);
        var wrapped = wrapper.wrap(key, subject);
        return new PersonKey(
                key,
                SubjectKey.newBuilder()
                        .setKeyId(key.id().toString())
                        .setTenant(person.tenant())
                        .setSubject(ByteString.copyFrom(subject.hmacBytes()))
                        .setSubjectName(ByteString.fromHex(hasher.name(person.tenant(), person.name())))
                        .setWrappingKeyId(wrapped.wrappingKeyId())
                        .setWrappedKey(wrapped.bytes())
                        .setCreated(Timestamp.newBuilder().setSeconds(now.getEpochSecond()))
                        .build(),
                now);
    }
}
