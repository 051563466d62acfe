/** The four services as processes, with the settings they get here. */
@NullMarked
package io.deepsuite.devstack.service;

import org.jspecify.annotations.NullMarked;
