package io.deepsuite.proof.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a witness was asked for.
 *
 * @param name name of the witness
 * @param key file of its private key, PEM
 * @param logKeys public keys of the log, or files of them
 * @param state directory that remembers what was co-signed
 * @param size log whose last co-signed size is asked for
 * @param request file of the request; {@code -} is standard input
 */
record WitnessArguments(
        boolean help,
        String name,
        Optional<Path> key,
        List<String> logKeys,
        Optional<Path> state,
        Optional<String> size,
        Optional<String> request) {

    /** @throws IllegalArgumentException naming what is wrong */
    static WitnessArguments parse(String[] arguments) {
        boolean help = false;
        String name = "";
        Optional<Path> key = Optional.empty();
        List<String> logKeys = new ArrayList<>();
        Optional<Path> state = Optional.empty();
        Optional<String> size = Optional.empty();
        Optional<String> request = Optional.empty();
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--help", "-h" -> help = true;
                case "--name" -> name = Arguments.value(word, words);
                case "--key" -> key = Optional.of(Path.of(Arguments.value(word, words)));
                case "--log-key" -> logKeys.add(Arguments.value(word, words));
                case "--state" -> state = Optional.of(Path.of(Arguments.value(word, words)));
                case "--size" -> size = Optional.of(Arguments.value(word, words));
                default -> {
                    if (request.isPresent()) {
                        throw new IllegalArgumentException("%s: one request at a time".formatted(word));
                    }
                    request = Optional.of(Arguments.operand(word));
                }
            }
        }
        var parsed = new WitnessArguments(help, name, key, logKeys, state, size, request);
        if (!help) {
            parsed.check();
        }
        return parsed;
    }

    private void check() {
        if (size.isPresent()) {
            require(state.isPresent(), "--state");
            return;
        }
        require(!name.isEmpty(), "--name");
        require(key.isPresent(), "--key");
        if (request.isPresent()) {
            require(!logKeys.isEmpty(), "--log-key");
            require(state.isPresent(), "--state");
        }
    }

    private static void require(boolean given, String option) {
        if (!given) {
            throw new IllegalArgumentException("no %s was given; --help says more".formatted(option));
        }
    }
}
