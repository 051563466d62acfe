package io.deepsuite.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.model.inference.InferenceRequest;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiRequestParserTest {

    @Test
    void readsAConversation() {
        // When
        var request = chat("""
                {"model":"tiny-translate@0.9.0","messages":[
                  {"role":"developer","content":"Translate."},
                  {"role":"assistant","content":[{"type":"text","text":"你"},{"type":"text","text":"好"}]},
                  {"role":"user","content":"x","name":"ann"}],
                 "max_completion_tokens":16,"temperature":0,"top_p":0.5,"seed":-7,"stop":"\\n",
                 "stream":true,"stream_options":{"include_usage":true}}
                """);

        // Then
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        var inference = request.inference();
        assertThat(inference.model()).isEqualTo("tiny-translate@0.9.0");
        assertThat(inference.prompt())
                .isEqualTo(new InferenceRequest.Prompt.Chat(List.of(
                        new InferenceRequest.Turn(InferenceRequest.Role.SYSTEM, "Translate."),
                        new InferenceRequest.Turn(InferenceRequest.Role.ASSISTANT, "你好"),
                        new InferenceRequest.Turn(InferenceRequest.Role.USER, "x"))));
        assertThat(inference.sampling())
                .isEqualTo(new InferenceRequest.Sampling(
                        OptionalInt.of(16),
                        OptionalDouble.of(0),
                        OptionalDouble.of(0.5),
                        OptionalLong.of(-7),
                        List.of("\n")));
    }

    @Test
    void readsAPrompt() {
        assertThat(completion("{\"model\":\"m\",\"prompt\":\"x\"}").inference())
                .isEqualTo(new InferenceRequest(
                        "m", new InferenceRequest.Prompt.Completion("x"), InferenceRequest.Sampling.DEFAULTS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\":1",
                "\"n\":null",
                "\"user\":\"u\"",
                "\"metadata\":{\"a\":\"b\"}",
                "\"store\":false",
                "\"frequency_penalty\":0",
                "\"presence_penalty\":0.0",
                "\"logprobs\":false",
                "\"tools\":[]",
                "\"tool_choice\":\"none\"",
                "\"response_format\":{\"type\":\"text\"}",
                "\"logit_bias\":{}",
                "\"parallel_tool_calls\":true",
                "\"service_tier\":\"auto\"",
                "\"max_tokens\":null",
                "\"stop\":null",
                "\"stream\":false",
                "\"max_tokens\":3,\"max_completion_tokens\":3"
            })
    void takesWhatClientsSendThatChangesNothing(String field) {
        assertThatCode(() -> chat(withField(field))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    max_tokens            | "max_tokens":"16"
                    max_tokens            | "max_tokens":1.5
                    max_tokens            | "max_tokens":99999999999
                    max_tokens            | "max_tokens":3,"max_completion_tokens":4
                    temperature           | "temperature":"hot"
                    top_p                 | "top_p":[]
                    seed                  | "seed":1.5
                    stop                  | "stop":5
                    stop[1]               | "stop":["a",5]
                    stream                | "stream":"yes"
                    stream_options        | "stream_options":{"include_usage":true}
                    stream_options        | "stream":true,"stream_options":[]
                    stream_options.include_usage | "stream":true,"stream_options":{"include_usage":1}
                    n                     | "n":2
                    tools                 | "tools":[{"type":"function"}]
                    tool_choice           | "tool_choice":"auto"
                    response_format       | "response_format":{"type":"json_object"}
                    logprobs              | "logprobs":true
                    frequency_penalty     | "frequency_penalty":0.5
                    audio                 | "audio":{}
                    """)
    void refusesWrongTypesAndWhatIsNotServed(String field, String fragment) {
        assertFails(ErrorReason.VALUE_INVALID, field, () -> chat(withField(fragment)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    messages              | 5
                    messages[0]           | ["hi"]
                    messages[0].role      | [{"content":"x"}]
                    messages[0].role      | [{"role":"robot","content":"x"}]
                    messages[0].role      | [{"role":7,"content":"x"}]
                    messages[0].content   | [{"role":"user"}]
                    messages[0].content   | [{"role":"user","content":7}]
                    messages[0].content   | [{"role":"user","content":null}]
                    messages[0].content[0].type | [{"role":"user","content":[{"type":"image_url"}]}]
                    messages[0].content[0].text | [{"role":"user","content":[{"type":"text"}]}]
                    messages[0].tool_calls | [{"role":"user","content":"x","tool_calls":[1]}]
                    """)
    void refusesMalformedMessages(String field, String messages) {
        assertFails(
                ErrorReason.VALUE_INVALID, field, () -> chat("{\"model\":\"m\",\"messages\":%s}".formatted(messages)));
    }

    @Test
    void refusesAnUnknownFieldAsOpenAiDoes() {
        assertFails(ErrorReason.FIELD_UNKNOWN, "max_token", () -> chat(withField("\"max_token\":5")));
        assertThatThrownBy(() -> chat(withField("\"max_token\":5")))
                .hasMessage("Unrecognized request argument supplied: max_token");
    }

    @Test
    void refusesAnUnknownFieldOfAMessageWithoutQuotingIt() {
        assertThatThrownBy(() -> chat(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"13812345678\":1}]}"))
                .isInstanceOf(DeepsuiteException.class)
                .hasMessageNotContaining("13812345678");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"x\"",
                "null",
                "{\"model\":\"m\",\"model\":\"n\"}",
                "{} {}",
                "{\"model\":}",
                "{'model':1}"
            })
    void refusesWhatIsNotOneJsonObject(String body) {
        assertThatThrownBy(() -> chat(body))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ErrorReason.BODY_MALFORMED));
    }

    @Test
    void refusesInvalidUtf8() {
        assertThatThrownBy(() -> OpenAiRequestParser.chat(new byte[] {'{', '"', (byte) 0xC3, '"', '}'}))
                .hasMessage("body: invalid UTF-8 (expected: JSON in UTF-8)");
    }

    @Test
    void refusesAnUnpairedSurrogate() {
        assertFails(
                ErrorReason.VALUE_INVALID,
                "messages[0].content",
                () -> chat("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}"));
    }

    @Test
    void errorsDoNotQuoteWhatMayBePersonalData() {
        assertThatThrownBy(() -> chat(withField("\"temperature\":\"13812345678\"")))
                .hasMessage("temperature: a string (expected: a number)");
        assertThatThrownBy(() -> chat("{\"model\":\"m\" 13812345678}")).hasMessageNotContaining("13812345678");
    }

    @Test
    void refusesListsOfPrompts() {
        assertFails(
                ErrorReason.VALUE_INVALID, "prompt", () -> completion("{\"model\":\"m\",\"prompt\":[\"a\",\"b\"]}"));
        assertFails(ErrorReason.VALUE_INVALID, "prompt[0]", () -> completion("{\"model\":\"m\",\"prompt\":[1]}"));
    }

    @Test
    void aModelMustBeNamed() {
        assertFails(ErrorReason.VALUE_INVALID, "model", () -> chat("{\"messages\":[]}"));
    }

    private static String withField(String field) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],%s}".formatted(field);
    }

    private static OpenAiRequest chat(String body) {
        return OpenAiRequestParser.chat(body.getBytes(StandardCharsets.UTF_8));
    }

    private static OpenAiRequest completion(String body) {
        return OpenAiRequestParser.completion(body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFails(ErrorReason reason, String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DeepsuiteException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.metadata()).containsEntry("field", field);
        });
    }
}
