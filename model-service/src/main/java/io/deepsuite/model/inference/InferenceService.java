package io.deepsuite.model.inference;

import io.deepsuite.model.engine.Engines;
import io.deepsuite.model.hashing.InputHasher;
import io.deepsuite.model.masking.MaskingService;
import io.deepsuite.model.registry.Routes;
import io.deepsuite.model.signals.Signals;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Answers prompts. One use case serves every protocol. */
@ApplicationScoped
public class InferenceService {

    private final RequestCheck check;
    private final Routes routes;
    private final Admission admission;
    private final MaskingService masking;
    private final Engines engines;
    private final InputHasher hasher;
    private final Signals signals;

    InferenceService(
            InferenceConfig config,
            Routes routes,
            Admission admission,
            MaskingService masking,
            Engines engines,
            InputHasher hasher,
            Signals signals) {
        this.check = new RequestCheck(config);
        this.routes = routes;
        this.admission = admission;
        this.masking = masking;
        this.engines = engines;
        this.hasher = hasher;
        this.signals = signals;
    }

    /**
     * Answers a prompt: checks it, waits for its turn, masks it, asks an engine, and passes the restored answer on as it comes. Blocks until the audit event of
     * the whole call is durable; the caller sends its final message after that and not before.
     *
     * @throws DeepsuiteException for every failure, after the audit event of the failure is durable: {@link ErrorReason#VALUE_INVALID},
     *     {@link ErrorReason#PROMPT_TOO_LONG}, {@link ErrorReason#MODEL_NOT_FOUND}, {@link ErrorReason#MODEL_VERSION_NOT_FOUND},
     *     {@link ErrorReason#OVERLOADED}, {@link ErrorReason#MASKING_UNAVAILABLE}, {@link ErrorReason#ENGINE_UNAVAILABLE}, {@link ErrorReason#TIMEOUT},
     *     {@link ErrorReason#CANCELLED}, {@link ErrorReason#AUDIT_UNAVAILABLE}, {@link ErrorReason#INTERNAL}
     */
    public AnswerEnd answer(InferenceRequest request, InferenceCall call, AnswerSink sink) {
        var run = new InferenceRun(request, call, sink);
        try {
            run.input(hasher.hash(call.tenant(), CanonicalInput.of(request.prompt())), hasher.keyId());
            check.check(request);
            run.version(routes.resolve(request.model()));
            RequestCheck.checkAgainst(request.sampling(), run.version());
            try (var _ = admission.enter(call.lifetime())) {
                run.masked(masking.mask(request.texts()));
                call.lifetime().check();
                run.answered(engines.answer(run.version(), run.engineRequest(), call.lifetime(), run.transcript()));
            }
            return run.succeed(signals);
        } catch (DeepsuiteException failure) {
            throw run.failed(failure, signals);
        } catch (RuntimeException unforeseen) { // the event must name an outcome whatever happened
            throw run.failed(
                    new DeepsuiteException(ErrorReason.INTERNAL, "an unforeseen failure", Map.of(), unforeseen),
                    signals);
        }
    }
}
