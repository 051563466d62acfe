package io.deepsuite.model.inference;

import io.deepsuite.model.engine.CallLifetime;

/**
 * What belongs to a call besides its request.
 *
 * @param tenant tenant of the caller
 * @param audit audit event of the call
 * @param lifetime how long it may go on
 */
public record InferenceCall(String tenant, CallAudit audit, CallLifetime lifetime) {}
