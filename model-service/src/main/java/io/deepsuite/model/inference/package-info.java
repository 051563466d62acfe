/** Answers prompts: validates, admits, masks, asks an engine, restores, and leaves the audit event before the answer ends. */
@NullMarked
package io.deepsuite.model.inference;

import org.jspecify.annotations.NullMarked;
