package io.deepsuite.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import io.deepsuite.engine.inference.ChatMessage;
import io.deepsuite.engine.inference.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionRequestReaderTest {

    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private final CompletionRequestReader reader = new CompletionRequestReader(0.25);

    @Test
    void readsEveryFieldOfAChat() {
        CompletionRequest request = chat("""
                {"model":"m","messages":[{"role":"system","content":"be brief"},
                 {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],"name":"zhang"},
                 {"role":"assistant","content":"c","refusal":null,"tool_calls":[]}],
                 "max_completion_tokens":7,"temperature":1.5,"top_p":0.5,"seed":-3,"stop":["x","y"],
                 "stream":true,"stream_options":{"include_usage":true},"n":1,"user":"u","tools":[],
                 "response_format":{"type":"text"},"logprobs":false,"frequency_penalty":0.0}""");

        assertThat(request.prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        new ChatMessage(ChatMessage.Role.SYSTEM, "be brief"),
                        new ChatMessage(ChatMessage.Role.USER, "ab"),
                        new ChatMessage(ChatMessage.Role.ASSISTANT, "c"))));
        assertThat(request.sampling().maxTokens()).hasValue(7);
        assertThat(request.sampling().temperature()).isEqualTo(1.5);
        assertThat(request.sampling().topP()).isEqualTo(0.5);
        assertThat(request.sampling().seed()).hasValue(-3);
        assertThat(request.stop()).containsExactly("x", "y");
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
    }

    @Test
    void fillsInDefaults() {
        CompletionRequest request = chat("{\"model\":\"m\"," + HELLO + ",\"stop\":null,\"seed\":null}");

        assertThat(request.sampling().maxTokens()).isEmpty();
        assertThat(request.sampling().temperature()).isEqualTo(0.25);
        assertThat(request.sampling().topP()).isEqualTo(1);
        assertThat(request.stop()).isEmpty();
        assertThat(request.stream()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_tokens|-1|max_tokens",
                "max_tokens|0|max_tokens",
                "max_tokens|1.5|max_tokens",
                "max_tokens|\"5\"|max_tokens",
                "max_tokens|99999999999999999999|max_tokens",
                "temperature|-0.1|temperature",
                "temperature|2.1|temperature",
                "temperature|\"hot\"|temperature",
                "top_p|0|top_p",
                "top_p|1.01|top_p",
                "seed|1e30|seed",
                "seed|true|seed",
                "stop|7|stop",
                "stop|\"\"|stop",
                "stop|[\"a\",\"b\",\"c\",\"d\",\"e\"]|stop",
                "stop|[1]|stop[0]",
                "stream|\"yes\"|stream",
                "stream_options|{\"include_usage\":true}|stream_options",
                "messages|[]|messages",
                "messages|{}|messages",
                "messages|[7]|messages[0]",
                "messages|[{\"content\":\"x\"}]|messages[0].role",
                "messages|[{\"role\":\"tool\",\"content\":\"x\"}]|messages[0].role",
                "messages|[{\"role\":\"user\"}]|messages[0].content",
                "messages|[{\"role\":\"user\",\"content\":null}]|messages[0].content",
                "messages|[{\"role\":\"user\",\"content\":5}]|messages[0].content",
                "messages|[{\"role\":\"user\",\"content\":\"\\ud83d\"}]|messages[0].content",
                "messages|[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]|messages[0].content[0].text",
                "model|5|model",
            })
    void refusesValuesOfTheWrongTypeOrRange(String field, String value, String param) {
        String messages = field.equals("messages") ? "" : "," + HELLO;
        String model = field.equals("model") ? "" : "\"model\":\"m\",";

        assertRefused("{" + model + "\"" + field + "\":" + value + messages + "}", RefusalReason.VALUE_INVALID, param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n|2",
                "logprobs|true",
                "top_logprobs|3",
                "response_format|{\"type\":\"json_object\"}",
                "response_format|{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"wrong\"}}}",
                "tools|[{\"type\":\"function\"}]",
                "frequency_penalty|0.5",
                "presence_penalty|1",
                "logit_bias|{\"50\":1}",
                "modalities|[\"audio\"]",
                "store|true",
            })
    void refusesWhatItDoesNotOffer(String field, String value) {
        assertRefused(
                "{\"model\":\"m\"," + HELLO + ",\"" + field + "\":" + value + "}",
                RefusalReason.FIELD_UNSUPPORTED,
                field);
    }

    @Test
    void refusesPartsThatAreNoText() {
        assertRefused(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}]}",
                RefusalReason.FIELD_UNSUPPORTED,
                "messages[0].content[0].type");
    }

    @Test
    void refusesUnknownFields() {
        assertRefused("{\"model\":\"m\"," + HELLO + ",\"max_token\":5}", RefusalReason.FIELD_UNKNOWN, "max_token");
    }

    @Test
    void refusesTwoDifferentLimits() {
        assertRefused(
                "{\"model\":\"m\"," + HELLO + ",\"max_tokens\":5,\"max_completion_tokens\":6}",
                RefusalReason.VALUE_INVALID,
                "max_tokens");
    }

    @Test
    void readsAPlainPromptAloneOrInAnArray() {
        assertThat(text("{\"model\":\"m\",\"prompt\":\"hi\"}").prompt()).isEqualTo(new Prompt.Plain("hi"));
        assertThat(text("{\"model\":\"m\",\"prompt\":[\"hi\"]}").prompt()).isEqualTo(new Prompt.Plain("hi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "[]", "[\"a\",\"b\"]", "[1,2]", "7"})
    void refusesOtherPrompts(String prompt) {
        assertThatThrownBy(() -> text("{\"model\":\"m\",\"prompt\":" + prompt + "}"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.param()).hasValue("prompt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}}", "{\"a\":1,\"a\":2}", "nul", "{\"a\":NaN}"})
    void refusesMalformedJsonWithoutQuotingIt(String body) {
        assertThatThrownBy(() -> StrictJson.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.BODY_MALFORMED));
    }

    @Test
    void refusesInvalidUtf8AndDeepNesting() {
        byte[] invalid = {'"', (byte) 0xc3, (byte) 0x28, '"'};
        byte[] deep = ("[".repeat(100) + "]".repeat(100)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> StrictJson.read(invalid)).hasMessage("body is not valid UTF-8");
        assertThatThrownBy(() -> StrictJson.read(deep)).isInstanceOf(Refusal.class);
    }

    private void assertRefused(String body, RefusalReason reason, String param) {
        assertThatThrownBy(() -> chat(body)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.param()).hasValue(param);
        });
    }

    private CompletionRequest chat(String body) {
        return reader.chat(StrictJson.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    private CompletionRequest text(String body) {
        return reader.text(StrictJson.read(body.getBytes(StandardCharsets.UTF_8)));
    }
}
