import { isUtf8 } from 'node:buffer';
import { type AwsFile, parseLines, splitLines } from './parse-lines.ts';

/**
 * What one AWS tool reads from a file. `sections` maps section to key to value, as that tool names them. `lines` says
 * for each line which section it opens or which key it sets.
 */
export interface Reading {
  sections: Map<string, Map<string, string>>;
  lines: ({ section: string; key?: string } | undefined)[];
}

/**
 * What AWS tools read from the content of a shared file (latin1): models of the three ways there are. An edit counts only
 * if all three read what was meant. `undefined` if a tool refuses the whole file. Tested against the real readers in
 * test/oracle.
 */
export function readAsAwsTools(content: string, parsed = parseLines(content)): Readings {
  const bytes = Buffer.from(content, 'latin1');
  const text = bytes.toString('utf8');
  const lines = splitLines(text.replace(/^\ufeff/, '')).map((line) => line.text);
  return {
    // Python decodes the whole file or none of it, and reads a byte order mark as text before the first section.
    botocore: isUtf8(bytes) && !text.startsWith('\ufeff') ? readAsBotocore(lines) : undefined,
    javascript: readAsJavaScript(lines),
    others: parsed.ok ? readAsOthers(parsed.value) : undefined,
  };
}

export type Readings = Record<Reader, Reading | undefined>;

export type Reader = 'botocore' | 'javascript' | 'others';

/** Its settings appear in every other section for botocore, as in Python's configparser. */
export const botocoreDefaults = 'DEFAULT';

function newReading() {
  const reading: Reading = { sections: new Map(), lines: [] };
  const section = (name: string) => {
    const found = reading.sections.get(name) ?? new Map<string, string>();
    reading.sections.set(name, found);
    return found;
  };
  return { reading, section };
}

const pythonBlank = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const pythonLead = new RegExp(`^${pythonBlank}*`);
const pythonTail = new RegExp(`${pythonBlank}+$`);
const pythonProperty = new RegExp(`^(.*?)${pythonBlank}*[=:]${pythonBlank}*(.*)$`, 's');

/** A visible ASCII character. Most lines start and end with one, which saves searching for blanks. */
// Stryker disable next-line ConditionalExpression,EqualityOperator: whoever takes it for another is only slower
const isPlain = (code: number) => code > 0x20 && code < 0x7f;

/**
 * botocore, and with it the AWS CLI: Python's strict configparser. No comments after values, `:` as well as `=`,
 * nesting by indentation, and an error on every duplicate section or key.
 */
function readAsBotocore(texts: string[]): Reading | undefined {
  const { reading, section } = newReading();
  let current: { name: string; key?: string } | undefined;
  let level = 0;
  for (const [index, line] of texts.entries()) {
    // Stryker disable next-line OptionalChaining: it matches every text
    const indent = isPlain(line.charCodeAt(0)) ? 0 : (pythonLead.exec(line)?.[0].length ?? 0);
    // Stryker disable next-line ArithmeticOperator: whoever takes the last for another is only slower
    const text = isPlain(line.charCodeAt(line.length - 1))
      ? line.slice(indent)
      : line.slice(indent).replace(pythonTail, '');
    if (text === '' || text.startsWith('#') || text.startsWith(';')) continue;
    if (current?.key !== undefined && indent > level) {
      const keys = section(current.name);
      keys.set(current.key, `${keys.get(current.key)}\n${text}`);
      continue;
    }
    level = indent;
    const header = /^\[(.+)\]/s.exec(text)?.[1];
    if (header !== undefined) {
      if (reading.sections.has(header) && header !== botocoreDefaults) return undefined;
      section(header);
      current = { name: header };
      reading.lines[index] = { section: header };
      continue;
    }
    const property = pythonProperty.exec(text);
    if (!current || !property?.[1]) return undefined;
    const key = property[1].toLowerCase();
    const keys = section(current.name);
    if (keys.has(key)) return undefined;
    // Stryker disable next-line StringLiteral: what matches has a value, be it empty
    keys.set(key, property[2] ?? '');
    current = { name: current.name, key };
    reading.lines[index] = { section: current.name, key };
  }
  return isNestedWell(reading) ? reading : undefined;
}

/** botocore reads a value that starts on the next line as nested settings, in every section that has or inherits it. */
function isNestedWell({ sections }: Reading): boolean {
  const inherited = sections.get(botocoreDefaults);
  for (const [name, keys] of sections) {
    if (name === botocoreDefaults) continue;
    for (const value of (inherited ? new Map([...inherited, ...keys]) : keys).values()) {
      if (!value.startsWith('\n')) continue;
      const settings = value.slice(1).split('\n');
      if (!settings.every((setting) => setting.includes('='))) return false;
    }
  }
  return true;
}

/**
 * The SDK for JavaScript: keys are case-sensitive, a comment needs a blank before it even after a section name, an
 * indented `key = value` is a property unless the one above is empty, and nothing is an error.
 */
function readAsJavaScript(texts: string[]): Reading {
  const { reading, section } = newReading();
  let current: string | undefined;
  let parent: string | undefined;
  for (const [index, line] of texts.entries()) {
    // Stryker disable next-line Regex: whoever looks at every line is only slower
    const comment = /[;#]/.test(line) ? line.search(/(^|\s)[;#]/) : -1;
    const text = (comment === -1 ? line : line.slice(0, comment)).trim();
    if (text.startsWith('[') && text.endsWith(']')) {
      const name = text.slice(1, -1);
      const prefixed = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/.exec(name);
      // Stryker disable next-line StringLiteral: what matches has a prefix
      const known = prefixed && ['profile', 'sso-session', 'services'].includes(prefixed[1] ?? '');
      current = prefixed ? (known ? `${prefixed[1]}.${prefixed[3]}` : undefined) : name;
      parent = undefined;
      if (current !== undefined) reading.lines[index] = { section: current };
      continue;
    }
    const equals = text.indexOf('=');
    if (!current || equals < 1) continue;
    const name = text.slice(0, equals).trim();
    const value = text.slice(equals + 1).trim();
    if (value === '') {
      parent = name;
      continue;
    }
    if (line.trimStart() === line) parent = undefined;
    const key = parent ? `${parent}.${name}` : name;
    section(current).set(key, value);
    reading.lines[index] = { section: current, key };
  }
  return reading;
}

/**
 * The SDKs for Java, Rust, Go, C++ and so on: the shared grammar to the letter. Every indented line, even a comment,
 * continues the value above; without one, the file is an error. Duplicates merge, and the last one counts.
 */
function readAsOthers(file: AwsFile): Reading | undefined {
  const { reading, section } = newReading();
  // Stryker disable next-line StringLiteral: the first line that sets it is above all that read it
  let current = '';
  let key: string | undefined;
  for (const [index, line] of file.lines.entries()) {
    const indented = /^[ \t]/.test(line.text);
    if (line.kind === 'blank') continue;
    if (indented) {
      if (key === undefined) return undefined;
      const keys = section(current);
      keys.set(key, `${keys.get(key)}\n${line.text.trim()}`);
    } else if (line.kind === 'header') {
      current = line.name;
      key = undefined;
      section(current);
      reading.lines[index] = { section: current };
    } else if (line.kind === 'property') {
      key = line.key.toLowerCase();
      section(current).set(key, line.value);
      reading.lines[index] = { section: current, key };
    }
  }
  return reading;
}
