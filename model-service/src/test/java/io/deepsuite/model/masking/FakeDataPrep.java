package io.deepsuite.model.masking;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.ArrayList;
import java.util.List;

/** Knows one telephone number; can be told to be down. */
public final class FakeDataPrep implements DataPrep {

    /** The number that is masked. */
    public static final String NUMBER = "13812345678";

    private static final String TOKEN = "TEL-1001";

    private final List<String> unmasked = new ArrayList<>();
    private boolean down;

    /** Fails every call from now on. */
    public void goDown() {
        down = true;
    }

    /** Texts that were sent to be unmasked. */
    public List<String> unmasked() {
        return List.copyOf(unmasked);
    }

    @Override
    public Reply mask(List<String> texts) {
        check();
        var found = texts.stream().anyMatch(text -> text.contains(NUMBER));
        return new Reply(
                texts.stream().map(text -> text.replace(NUMBER, TOKEN)).toList(),
                new Vault(new byte[] {1}),
                found ? List.of(TOKEN) : List.of(),
                found ? List.of("CHINESE_MOBILE_NUMBER") : List.of());
    }

    @Override
    public String unmask(String text, Vault vault) {
        check();
        unmasked.add(text);
        return text.replace(TOKEN, NUMBER);
    }

    private void check() {
        if (down) {
            throw new DeepsuiteException(ErrorReason.MASKING_UNAVAILABLE, "told to be down");
        }
    }
}
