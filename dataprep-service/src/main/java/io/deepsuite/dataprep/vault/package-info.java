/** Seals the mapping from placeholders to values so that only this service can open it, for the tenant it was made for. */
@NullMarked
package io.deepsuite.dataprep.vault;

import org.jspecify.annotations.NullMarked;
