/** A real Keycloak with the realm of the repository, demo users and their tokens. */
@NullMarked
package io.deepsuite.devstack.keycloak;

import org.jspecify.annotations.NullMarked;
