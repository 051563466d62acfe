package io.deepsuite.model.registry;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items at most the asked number
 * @param nextToken token of the next page; empty at the end
 */
record Page<T>(List<T> items, String nextToken) {

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1_000;

    Page {
        items = List.copyOf(items);
    }

    /** Checks the asked size: 1 to 1,000; 0 means 100. */
    static int size(int asked) {
        return asked == 0 ? DEFAULT_SIZE : (int) Fields.inRange("page_size", asked, 1, MAX_SIZE);
    }

    /** Cuts a page of {@code size} from a list that holds one more item where there is a next page. */
    static <T> Page<T> of(List<T> itemsAndOne, int size, String list, Function<T, String> key) {
        if (itemsAndOne.size() <= size) {
            return new Page<>(itemsAndOne, "");
        }
        var items = itemsAndOne.subList(0, size);
        return new Page<>(items, new PageToken(list, key.apply(items.getLast())).encoded());
    }
}
