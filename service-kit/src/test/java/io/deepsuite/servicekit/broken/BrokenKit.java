package io.deepsuite.servicekit.broken;

import io.deepsuite.model.broken.BrokenService;

/** A library that knows who uses it. */
public record BrokenKit(BrokenService service) {}
