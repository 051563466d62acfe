/** Brings a service's database to the newest schema. */
@NullMarked
package io.deepsuite.migrations;

import org.jspecify.annotations.NullMarked;
