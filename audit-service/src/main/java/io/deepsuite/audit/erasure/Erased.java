package io.deepsuite.audit.erasure;

import java.time.Instant;

/**
 * What an erasure did.
 *
 * @param subject hash of the person, 64 lower-case hexadecimal characters
 * @param keysDestroyed keys that could open events until then
 * @param erasedAt when (UTC)
 */
public record Erased(String subject, int keysDestroyed, Instant erasedAt) {}
