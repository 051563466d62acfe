// An independent check of a cosignature (C2SP tlog-cosignature, Ed25519) with nothing but what comes with Node. Shares no code with the suite.
//
//   node cosignature.mjs KEY CHECKPOINT
//
// KEY: name+id+base64 of a witness. CHECKPOINT: file with a co-signed checkpoint. Prints the time of the cosignature, in seconds since 1970.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [keyText, file] = process.argv.slice(2);
const [, name, id, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(keyText);
const tagged = Buffer.from(key, 'base64');
if (tagged.length !== 33 || tagged[0] !== 4) throw new Error('not the key of a witness');
const expectedId = createHash('sha256').update(name + '\n').update(tagged).digest().subarray(0, 4);
if (expectedId.toString('hex') !== id) throw new Error('key id does not fit the key');
const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: tagged.subarray(1).toString('base64url') }, format: 'jwk' });

const note = readFileSync(file, 'utf8');
const end = note.lastIndexOf('\n\n');
const text = note.slice(0, end + 1);
const lines = note.slice(end + 2).split('\n').map((line) => line.split(' '));
const mine = lines.filter(([dash, who, data]) => dash === '\u2014' && who === name && Buffer.from(data, 'base64').subarray(0, 4).equals(expectedId));
if (mine.length === 0) throw new Error('no cosignature of ' + name);
for (const [, , data] of mine) {
  const bytes = Buffer.from(data, 'base64').subarray(4);
  if (bytes.length !== 72) throw new Error(`cosignature of ${bytes.length} bytes`);
  const time = bytes.readBigUInt64BE(0);
  const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
  if (!verify(null, message, publicKey, bytes.subarray(8))) throw new Error('cosignature does not fit');
  console.log(String(time));
}
