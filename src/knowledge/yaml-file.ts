import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { type Fault, fileFault } from './fault.ts';

/** A YAML file that was read, and the way back from a path in its data to its lines. */
export type YamlFile = {
  file: string;
  /** The plain value; `undefined` when the file could not be read. */
  data: unknown;
  /** Faults of the file itself: encoding, syntax, aliases. */
  faults: Fault[];
  /** A fault at the value of `path`, or at its nearest parent that is there. */
  faultAt(path: readonly PropertyKey[], message: string, severity?: Fault['severity']): Fault;
  /** A fault at the key `key` of the mapping at `path`. */
  faultAtKey(path: readonly PropertyKey[], key: string, message: string, severity?: Fault['severity']): Fault;
  /** A scalar as it was typed ("1.0" stays "1.0"), or null. */
  typed(path: readonly PropertyKey[]): string | null;
};

/** A topic's file has a few kilobytes; far more is a mistake or an attack. */
const MAX_BYTES = 256 * 1024;
const MOST_SYNTAX_FAULTS = 3;

/** Reads bytes as one YAML document; never throws. `file` is the name that faults show. */
export function readYaml(file: string, bytes: Uint8Array): YamlFile {
  if (bytes.length > MAX_BYTES)
    return unreadable(file, [
      fileFault(file, `the file has ${bytes.length} bytes, at most ${MAX_BYTES} are read: split it`),
    ]);
  const source = decode(bytes);
  if (source === null) return unreadable(file, [encodingFault(file, bytes)]);
  if (source.trim() === '')
    return unreadable(file, [fileFault(file, 'the file is empty: write the topic or delete the file')]);
  try {
    return parse(file, source);
  } catch (error) {
    // The parser is recursive: absurd nesting overflows its stack.
    return unreadable(file, [
      fileFault(file, `the file cannot be read as YAML (${(error as Error).message})`),
    ]);
  }
}

function parse(file: string, source: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string, severity: Fault['severity'] = 'error'): Fault => {
    const { line, col } = lines.linePos(offset);
    return { severity, file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };

  // One slip makes the parser stumble again and again; what comes after the first few is noise.
  const faults = [...document.errors, ...document.warnings]
    .slice(0, MOST_SYNTAX_FAULTS)
    .map(error => at(error.pos[0], explainSyntax(error)));
  const aliases = findAliases(document);
  faults.push(
    ...aliases
      .slice(0, MOST_SYNTAX_FAULTS)
      .map(alias => at(alias.range?.[0] ?? 0, `*${alias.source} ${ALIAS_ADVICE}`)),
  );
  const notComposed = firstNotComposed(source);
  if (notComposed !== null)
    faults.push(
      at(
        notComposed,
        'this letter is not in composed form (NFC): save the file as NFC, or retype the accents',
      ),
    );
  if (faults.length === 0 && document.contents === null)
    faults.push(fileFault(file, 'the file holds nothing but comments: write the topic or delete the file'));
  const broken = document.errors.length > 0 || document.contents === null || aliases.length > 0;

  return {
    file,
    data: broken ? undefined : document.toJS({ maxAliasCount: 0 }),
    faults,
    faultAt: (path, message, severity) => at(offsetOf(document, path), message, severity),
    faultAtKey: (path, key, message, severity) => at(keyOffset(document, path, key), message, severity),
    typed: path => {
      const node = document.getIn([...path], true);
      return isScalar(node) ? (node.source ?? String(node.value)) : null;
    },
  };
}

function unreadable(file: string, faults: Fault[]): YamlFile {
  const here = (message: string, severity?: Fault['severity']) => fileFault(file, message, severity);
  return {
    file,
    data: undefined,
    faults,
    faultAt: (_path, message, severity) => here(message, severity),
    faultAtKey: (_path, _key, message, severity) => here(message, severity),
    typed: () => null,
  };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function encodingFault(file: string, bytes: Uint8Array): Fault {
  const before = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0] ?? '';
  const lines = before.split('\n');
  return {
    severity: 'error',
    file,
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    message: 'the file is not UTF-8 from here on: save it as UTF-8',
  };
}

function findAliases(document: Document): Alias[] {
  const found: Alias[] = [];
  visit(document, (_key, node) => {
    if (isAlias(node)) found.push(node);
  });
  return found;
}

/** Vietnamese typed on some phones and copied from some PDF files has its accents apart from the letters. */
function firstNotComposed(source: string): number | null {
  if (source === source.normalize('NFC')) return null;
  let offset = 0;
  for (const line of source.split('\n')) {
    if (line !== line.normalize('NFC')) return offset + commonStart(line, line.normalize('NFC'));
    offset += line.length + 1;
  }
  return 0;
}

function commonStart(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    // An empty value ("label:") has a node of no width; its key is easier to find.
    if (isNode(node) && node.range && node.range[0] < node.range[1]) return node.range[0];
    const key = keyNode(document, path.slice(0, length - 1), String(path[length - 1]));
    if (key !== null) return key;
  }
  return document.contents?.range?.[0] ?? 0;
}

function keyOffset(document: Document, path: readonly PropertyKey[], key: string): number {
  return keyNode(document, path, key) ?? offsetOf(document, path);
}

function keyNode(document: Document, path: readonly PropertyKey[], key: string): number | null {
  const map = path.length === 0 ? document.contents : document.getIn([...path], true);
  if (!isMap(map)) return null;
  const pair = map.items.find(item => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
}

/** Aliases can blow a small file up to gigabytes, and nobody needs them here. */
const ALIAS_ADVICE =
  'repeats another part of the file: write the value out, or put a text that begins with * in quotes';

const SYNTAX_HINTS: Partial<Record<YAMLError['code'], string>> = {
  BAD_SCALAR_START: 'put the text in quotes',
  BAD_INDENT: 'line it up with the lines around it, with spaces',
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
  DUPLICATE_KEY: 'keep one of the two',
  MISSING_CHAR: 'close the quote or bracket; a text that holds quotes or ": " goes into quotes as a whole',
  MULTILINE_IMPLICIT_KEY: 'put a text that holds ": " in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put a text that holds ": " in quotes',
  MULTIPLE_DOCS: 'keep one topic in one file: remove the line ---',
  UNEXPECTED_TOKEN: 'put the text in quotes',
  TAG_RESOLVE_FAILED: 'put a text that begins with ! in quotes',
};

function explainSyntax(error: YAMLError): string {
  if (error.message.includes('call stack')) return 'this is nested too deeply: write it flat';
  const hint = SYNTAX_HINTS[error.code];
  return `${error.message.replace(/\s+/g, ' ').trim()}${hint ? `: ${hint}` : ''}`;
}
