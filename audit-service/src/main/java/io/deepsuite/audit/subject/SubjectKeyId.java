package io.deepsuite.audit.subject;

import java.time.Instant;
import java.util.UUID;

/**
 * Which key it is that sealed events of a person.
 *
 * @param id id of the key
 * @param created when it was made, which is about when its first event happened
 */
public record SubjectKeyId(UUID id, Instant created) {}
