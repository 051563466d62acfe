package io.deepsuite.audit.cycle;

import io.deepsuite.audit.broken.BrokenResource;

/** Knows the feature that knows it. */
public record Cycle(BrokenResource resource) {}
