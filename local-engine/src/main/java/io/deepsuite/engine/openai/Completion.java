package io.deepsuite.engine.openai;

import io.deepsuite.engine.error.Failures;
import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import io.deepsuite.engine.inference.Generated;
import io.deepsuite.engine.inference.InferenceEngine;
import io.deepsuite.engine.inference.SlotPool.Ticket;
import io.deepsuite.engine.inference.StopWords;
import io.deepsuite.engine.inference.TokenizedPrompt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request on a slot's thread. */
final class Completion implements Consumer<Ticket> {

    private static final Logger LOGGER = LoggerFactory.getLogger(Completion.class);

    private final InferenceEngine engine;
    private final CompletionRequest request;
    private final AnswerForm form;
    private final Exchange exchange;
    private final StringBuilder text = new StringBuilder();
    private final StopWords stopWords;

    Completion(InferenceEngine engine, CompletionRequest request, AnswerForm form, Exchange exchange) {
        this.engine = engine;
        this.request = request;
        this.form = form;
        this.exchange = exchange;
        this.stopWords = new StopWords(request.stop());
    }

    @Override
    public void accept(Ticket ticket) {
        try {
            answer(ticket);
        } catch (Refusal refusal) {
            exchange.refuse(refusal);
        } catch (RuntimeException e) {
            LOGGER.error("answer failed: {}", Failures.describe(e));
            exchange.refuse(new Refusal(RefusalReason.INTERNAL, "internal error"));
        }
    }

    private void answer(Ticket ticket) {
        TokenizedPrompt prompt = engine.tokenize(request.prompt());
        exchange.count(new AnswerForm.Usage(prompt.length(), 0));
        if (ticket.cancelled()) {
            return;
        }
        if (request.stream() && form.kind() == AnswerForm.Kind.CHAT) {
            exchange.event(form.opening());
        }
        Generated generated = engine.generate(prompt, request.sampling(), piece -> {
            emit(stopWords.push(piece));
            return !stopWords.found() && !ticket.cancelled();
        });
        emit(stopWords.finish());
        var usage = new AnswerForm.Usage(prompt.length(), generated.tokens());
        exchange.count(usage);
        if (!ticket.cancelled()) {
            end(finishReason(generated), usage);
        }
    }

    private void emit(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (request.stream()) {
            exchange.event(form.piece(piece));
        } else {
            text.append(piece);
        }
    }

    private void end(String finishReason, AnswerForm.Usage usage) {
        if (!request.stream()) {
            exchange.send(form.whole(text.toString(), finishReason, usage));
            return;
        }
        exchange.event(form.closing(finishReason));
        if (request.includeUsage()) {
            exchange.event(form.counts(usage));
        }
        exchange.done();
    }

    private String finishReason(Generated generated) {
        return stopWords.found() || generated.ending() == Generated.Ending.END_OF_TEXT ? "stop" : "length";
    }
}
