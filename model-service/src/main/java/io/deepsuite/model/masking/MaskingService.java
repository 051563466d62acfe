package io.deepsuite.model.masking;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Masks the texts of a call; fails closed. */
@ApplicationScoped
public class MaskingService {

    private final DataPrep dataPrep;

    /** @param dataPrep where masking is done */
    public MaskingService(DataPrep dataPrep) {
        this.dataPrep = dataPrep;
    }

    /**
     * Masks all texts of one call together, so that one value has one placeholder in all of them. Blocks.
     *
     * @throws DeepsuiteException as {@link DataPrep#mask}; {@link ErrorReason#MASKING_UNAVAILABLE} also if the answer has not as many texts as were sent
     */
    public MaskedInput mask(List<String> texts) {
        var reply = dataPrep.mask(texts);
        if (reply.texts().size() != texts.size()) {
            throw new DeepsuiteException(
                    ErrorReason.MASKING_UNAVAILABLE,
                    "masked texts: %d (expected: %d)".formatted(reply.texts().size(), texts.size()));
        }
        return new MaskedInput(
                reply.texts().stream().map(MaskedText::new).toList(),
                reply.entityTypes().stream().distinct().sorted().toList(),
                new AnswerRestorer(dataPrep, reply));
    }
}
