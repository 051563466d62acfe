// npm install openai undici
// NODE_EXTRA_CA_CERTS=$CA_CERT TOKEN=$(./deepsuite token model-user) node docs/examples/ask.mjs
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';
import { Agent } from 'undici';

const { MODEL_URL, CLIENT_CERT, CLIENT_KEY, TOKEN } = process.env;

const client = new OpenAI({
  baseURL: `${MODEL_URL}/v1`,
  apiKey: TOKEN,
  fetchOptions: {
    dispatcher: new Agent({ connect: { cert: readFileSync(CLIENT_CERT), key: readFileSync(CLIENT_KEY) } }),
  },
});

const answer = await client.chat.completions.create({
  model: 'tiny-translate',
  messages: [{ role: 'user', content: '重启推理服务' }],
});
console.log(answer.choices[0].message.content); // Restart the inference service
