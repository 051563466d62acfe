package io.deepsuite.systemtests.suite;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.keycloak.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens that are still good for a while: asking Keycloak for every call would be slow. */
final class Tokens {

    private static final Duration REUSED_FOR = Duration.ofMinutes(3);

    private final Stack stack;
    private final ConcurrentHashMap<Role, Token> tokens = new ConcurrentHashMap<>();

    Tokens(Stack stack) {
        this.stack = stack;
    }

    String of(Role role) {
        return tokens.compute(role, (_, known) -> known != null && known.isFresh() ? known : fetch(role))
                .text();
    }

    private Token fetch(Role role) {
        return new Token(stack.token(role), Instant.now().plus(REUSED_FOR));
    }

    private record Token(String text, Instant reuseUntil) {

        boolean isFresh() {
            return Instant.now().isBefore(reuseUntil);
        }

        @Override
        public String toString() {
            return "Token until " + reuseUntil;
        }
    }
}
