// An independent check: C2SP signed notes and RFC 6962 inclusion proofs with nothing but what comes with Node. Shares no code with the suite.
//
//   node check.mjs KEY PROOF.json CHECKPOINT...
//
// KEY: name+id+base64. PROOF.json: answer of /api/v1/audit-events/{id}/proof. CHECKPOINT: files as the audit service publishes them.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const [keyText, proofFile, ...checkpointFiles] = process.argv.slice(2);

const [name, id, key] = keyText.split('+', 2).concat(keyText.slice(keyText.split('+', 2).join('+').length + 1));
const tagged = Buffer.from(key, 'base64');
if (tagged.length !== 33 || tagged[0] !== 1) throw new Error('not an Ed25519 key');
const expectedId = sha256(Buffer.from(name + '\n'), tagged).subarray(0, 4);
if (expectedId.toString('hex') !== id) throw new Error('key id does not fit the key');
const publicKey = createPublicKey({
  key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), tagged.subarray(1)]),
  format: 'der',
  type: 'spki',
});

function open(note) {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const good = note.slice(end + 2).split('\n').filter((line) => line.startsWith(`\u2014 ${name} `)).some((line) => {
    const signature = Buffer.from(line.split(' ')[2], 'base64');
    return signature.subarray(0, 4).equals(expectedId) && verify(null, Buffer.from(text), publicKey, signature.subarray(4));
  });
  if (!good) throw new Error('signature does not fit: ' + text);
  const [origin, size, root] = text.split('\n');
  return { origin, size: BigInt(size), root: Buffer.from(root, 'base64') };
}

// RFC 6962, section 2.1.1, recursively from the top: the siblings are taken from the end of the path.
function rootOf(leaf, index, size, path) {
  if (size === 1n) {
    if (path.length !== 0) throw new Error('path too long');
    return leaf;
  }
  let split = 1n;
  while (split * 2n < size) split *= 2n;
  const sibling = path.at(-1);
  return index < split
    ? sha256(Buffer.from([1]), rootOf(leaf, index, split, path.slice(0, -1)), sibling)
    : sha256(Buffer.from([1]), sibling, rootOf(leaf, index - split, size - split, path.slice(0, -1)));
}

for (const file of checkpointFiles) open(readFileSync(file, 'utf8'));
const proof = JSON.parse(readFileSync(proofFile, 'utf8'));
for (const record of proof.records) {
  const checkpoint = open(record.checkpoint);
  const leaf = sha256(Buffer.from([0]), Buffer.from(record.event, 'base64'));
  const root = rootOf(leaf, BigInt(record.leafIndex), checkpoint.size, record.path.map((hash) => Buffer.from(hash, 'base64')));
  if (!root.equals(checkpoint.root)) throw new Error(`${record.phase} is not in ${checkpoint.origin} at ${record.leafIndex}`);
}
console.log(`${checkpointFiles.length} checkpoints, ${proof.records.length} proofs`);
