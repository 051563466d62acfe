// Goes through the proofs of a page again: nothing the service says about them is believed, only the bytes of the event, the path and the signed note.
"use strict";

const bytesOf = base64 => Uint8Array.from(atob(base64), character => character.charCodeAt(0));
const hexOf = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
const base64Of = bytes => btoa(String.fromCharCode(...bytes));

async function sha256(...parts) {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
}

// RFC 9162, section 2.1.3.2. Places are BigInt: a log may outgrow what 32 bits of an operator hold.
async function fold(event, leaf, size, path) {
  const hashes = [await sha256(Uint8Array.of(0), event)];
  let node = leaf;
  let last = size - 1n;
  for (const sibling of path) {
    if (last === 0n) {
      throw new Error("the path is too long");
    }
    const below = hashes.at(-1);
    if (node % 2n === 1n || node === last) {
      hashes.push(await sha256(Uint8Array.of(1), sibling, below));
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n;
        last /= 2n;
      }
    } else {
      hashes.push(await sha256(Uint8Array.of(1), below, sibling));
    }
    node /= 2n;
    last /= 2n;
  }
  if (last !== 0n) {
    throw new Error("the path is too short");
  }
  return hashes;
}

// C2SP signed-note: text, an empty line, and lines "— name base64(key id, signature)".
function parseNote(note) {
  const end = note.lastIndexOf("\n\n");
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split("\n");
  const signatures = note.slice(end + 2).split("\n").filter(Boolean).map(line => {
    const [, name, base64] = line.split(" ");
    const tagged = bytesOf(base64);
    return {name, id: hexOf(tagged.slice(0, 4)), bytes: tagged.slice(4)};
  });
  return {text, origin, size: BigInt(size), root, signatures};
}

// "signed", "wrong", or "unable" where this browser has no Ed25519.
async function signatureOf(note, keys) {
  for (const text of keys) {
    const [name, id, ...rest] = text.split("+");
    const key = bytesOf(rest.join("+")).slice(1);
    const signature = note.signatures.find(candidate => candidate.name === name && candidate.id === id);
    if (!signature) {
      continue;
    }
    let imported;
    try {
      imported = await crypto.subtle.importKey("raw", key, {name: "Ed25519"}, false, ["verify"]);
    } catch (unsupported) {
      return "unable";
    }
    const right = await crypto.subtle.verify({name: "Ed25519"}, imported, signature.bytes, new TextEncoder().encode(note.text));
    return right ? "signed" : "wrong";
  }
  return "wrong";
}

async function check(section) {
  const data = section.dataset;
  const note = parseNote(new TextDecoder().decode(bytesOf(data.note)));
  const size = BigInt(data.size);
  if (note.origin !== data.origin || note.size !== size) {
    return [false, "The checkpoint is one of another log or size"];
  }
  const path = data.path.split(" ").filter(Boolean).map(bytesOf);
  const hashes = await fold(bytesOf(data.event), BigInt(data.leaf), size, path);
  hashes.forEach((hash, number) => {
    const shown = section.querySelector(`[data-hash="${number}"]`);
    shown.closest("li").classList.add(shown.textContent === hexOf(hash) ? "right" : "wrong-hash");
  });
  if (base64Of(hashes.at(-1)) !== note.root) {
    return [false, "The record does not lead to the signed root"];
  }
  const signature = await signatureOf(note, data.keys.split(" "));
  if (signature === "wrong") {
    return [false, "The checkpoint's signature is wrong"];
  }
  return [true, signature === "signed" ? "Sealed and signed" : "Sealed; this browser cannot check Ed25519 signatures"];
}

for (const section of document.querySelectorAll('.proof[data-covered="true"]')) {
  const verdict = section.querySelector("[data-verdict]");
  check(section)
    .catch(failure => [false, `Not checked: ${failure.message}`])
    .then(([right, words]) => {
      verdict.classList.replace("pending", right ? "ok" : "wrong");
      verdict.querySelector("span").textContent = words;
    });
}

// Where the browser can write a file that the person chooses, an export goes there line by line and is counted; elsewhere the link is a plain download.
// The last line says whether it is whole: a file that is cut off must not pass for one.
const endOf = line => {
  if (line.startsWith('"end",')) {
    const [, events, complete, reason, nextPageToken, tiers] = Array.from(line.matchAll(/"((?:[^"]|"")*)"/g), field => field[1].replaceAll('""', '"'));
    return {events: Number(events), complete: complete === "true", reason, nextPageToken, tiers: JSON.parse(tiers || "[]")};
  }
  return line.startsWith('{"end":') ? JSON.parse(line).end : null;
};

// Counts the records of a stream of bytes, and keeps its last line. A quoted field may hold a line feed: rows of CSV are told by their begin.
function counter() {
  const decoder = new TextDecoder();
  let rest = "";
  let events = 0;
  let last = "";
  return {
    take(bytes) {
      const lines = (rest + decoder.decode(bytes, {stream: true})).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        events += line.startsWith('"event",') || (line.startsWith("{") && !line.startsWith('{"end":')) ? 1 : 0;
        last = line.trimEnd();
      }
      return events;
    },
    end: () => (rest === "" ? endOf(last) : null),
  };
}

// What a file lacks, in words: how it ended, and which months were not in the store, the newest first.
const lackOf = end => {
  const months = (end.tiers ?? []).filter(tier => tier.tier === "archive").map(tier => tier.from.slice(0, 7));
  const lacks = [];
  if (end.reason !== "OK") {
    lacks.push(end.reason);
  } else if (end.nextPageToken) {
    lacks.push("the limit is reached");
  }
  if (months.length === 1) {
    lacks.push(`${months[0]} is in the archive only`);
  } else if (months.length > 1) {
    lacks.push(`${months.length} months from ${months.at(-1)} to ${months[0]} are in the archive only`);
  }
  return lacks.join("; ");
};

const countOf = events => `${events.toLocaleString("en")} ${events === 1 ? "event" : "events"}`;

async function save(address, sink, tell) {
  const answer = await fetch(address, {headers: {"X-Requested-With": "console"}});
  if (!answer.ok) {
    throw new Error(`the service answered ${answer.status}`);
  }
  const counted = counter();
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    await sink.write(part.value);
    tell(`${countOf(counted.take(part.value))} …`);
  }
  const end = counted.end();
  if (!end) {
    throw new Error("it was cut off");
  }
  const count = countOf(end.events);
  tell(end.complete ? `${count}, complete` : `${count}, not complete: ${lackOf(end)}`);
}

for (const link of document.querySelectorAll("a[data-export]")) {
  link.addEventListener("click", async click => {
    if (!window.showSaveFilePicker) {
      return;
    }
    click.preventDefault();
    const progress = document.querySelector("[data-progress]");
    const tell = words => { progress.textContent = words; };
    let sink;
    try {
      const format = new URL(link.href).searchParams.get("format");
      const file = await window.showSaveFilePicker({suggestedName: `audit-events.${format}`});
      sink = await file.createWritable();
      await save(link.href, sink, tell);
      await sink.close();
    } catch (failure) {
      if (sink) {
        await sink.abort().catch(() => {});
      }
      tell(failure.name === "AbortError" ? "" : `Not exported: ${failure.message}`);
    }
  });
}
