import { isUtf8 } from 'node:buffer';
import { type Failure, failure } from '../../core/failure.ts';
import type { Reason } from '../../core/failure-reasons.ts';
import { readAsAwsTools } from './aws-readers.ts';
import { splitLines } from './parse-lines.ts';

/**
 * What keeps the AWS CLI, and whatever else is made with botocore, from reading anything of a shared file, though other
 * AWS tools and Roleferry read it: `file-not-for-aws-cli`. `undefined` where nothing does. `file` is the name that the
 * failure gives it.
 */
export function awsCliRefusal(file: string, bytes: Buffer): Failure | undefined {
  const content = bytes.toString('latin1');
  if (readAsAwsTools(content).botocore !== undefined) return undefined;
  const reason = content.startsWith(byteOrderMark) ? 'byte-order-mark' : reasonOf(content);
  return failure('file-not-for-aws-cli', { file, reason });
}

const byteOrderMark = '\u00ef\u00bb\u00bf';

function reasonOf(content: string): Reason<'awsCli'> {
  const lines = splitLines(content).map(({ text, ending }) => text + ending);
  const strange = lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1')));
  if (strange !== -1) return { is: 'not-utf-8', line: strange + 1 };
  const refuses = (count: number) => readAsAwsTools(lines.slice(0, count).join('')).botocore === undefined;
  // The first line with which it refuses the file.
  let [good, bad] = [0, lines.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (refuses(middle)) bad = middle;
    else good = middle;
  }
  return { line: bad, ...twice(lines, bad - 1) };
}

/** What line `index` says a second time, if it does. */
function twice(lines: readonly string[], index: number) {
  // Stryker disable next-line OptionalChaining,StringLiteral: it is a line of the file
  const line = lines[index]?.trim() ?? '';
  const before = lines.slice(0, index).map((text) => text.trim());
  const header = /^\[[^\]]+\]/.exec(line)?.[0];
  if (header !== undefined) {
    const isTwice = before.some((text) => text.startsWith(header));
    return { is: isTwice ? ('section-twice' as const) : ('line' as const) };
  }
  const key = keyOf(line);
  const isTwice = key !== undefined && before.some((text) => keyOf(text) === key);
  return isTwice ? { is: 'key-twice' as const, key } : { is: 'line' as const };
}

// Stryker disable next-line OptionalChaining: what matches has a key
const keyOf = (line: string): string | undefined => /^([\w.-]+)\s*[=:]/.exec(line)?.[1]?.toLowerCase();
