// The official OpenAI client, unmodified: only its documented options fetchOptions (client certificate), baseURL and apiKey are used.
// Reads OPENAI_BASE_URL, OPENAI_API_KEY (a bearer token), CLIENT_CERT, CLIENT_KEY, MODEL, PROMPT; the authority comes from
// NODE_EXTRA_CA_CERTS. Prints what it saw as one line of JSON.
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';
import { Agent } from 'undici';

const { CLIENT_CERT, CLIENT_KEY, MODEL, PROMPT } = process.env;

const client = new OpenAI({
  maxRetries: 0,
  fetchOptions: {
    dispatcher: new Agent({ connect: { cert: readFileSync(CLIENT_CERT), key: readFileSync(CLIENT_KEY) } }),
  },
});
const request = { model: MODEL, temperature: 0, messages: [{ role: 'user', content: PROMPT }] };

async function plain() {
  const { data, response } = await client.chat.completions.create(request).withResponse();
  return {
    text: data.choices[0].message.content,
    role: data.choices[0].message.role,
    finishReason: data.choices[0].finish_reason,
    totalTokens: data.usage.total_tokens,
    sumOfTokens: data.usage.prompt_tokens + data.usage.completion_tokens,
    requestId: response.headers.get('x-request-id'),
  };
}

async function streamed() {
  const stream = await client.chat.completions.create({
    ...request,
    stream: true,
    stream_options: { include_usage: true },
  });
  const seen = { text: '', pieces: 0, finishReason: null, totalTokens: null, ids: [] };
  for await (const chunk of stream) {
    const choice = chunk.choices[0];
    if (choice?.delta?.content) {
      seen.text += choice.delta.content;
      seen.pieces += 1;
    }
    seen.finishReason = choice?.finish_reason ?? seen.finishReason;
    seen.totalTokens = chunk.usage?.total_tokens ?? seen.totalTokens;
    if (!seen.ids.includes(chunk.id)) {
      seen.ids.push(chunk.id);
    }
  }
  return seen;
}

async function refused() {
  try {
    await client.chat.completions.create({ ...request, model: 'no-such-model' });
    return { error: null };
  } catch (error) {
    return { error: error.constructor.name, status: error.status, code: error.code, type: error.type };
  }
}

const models = (await client.models.list()).data.map((model) => model.id);
console.log(JSON.stringify({ models, plain: await plain(), streamed: await streamed(), refused: await refused() }));
