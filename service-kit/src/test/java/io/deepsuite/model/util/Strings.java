package io.deepsuite.model.util;

/** In a package that says nothing. */
public final class Strings {

    private Strings() {}
}
