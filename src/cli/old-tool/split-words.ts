/** One part of a word: quoted in either way, a character behind a backslash, or plain. */
const part = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^ \t\r\n'"\\]+)/sy;

/**
 * The words of a command line by the quoting rules of POSIX shells, with nothing expanded and no character but
 * quotes, backslashes and blanks special; `undefined` when a quote is not closed or the last backslash escapes nothing.
 *
 * Source: Python's `shlex.split`, by which aws_role_credentials understands `--exec`.
 */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let at = 0;
  let inWord = false;
  while (at < line.length) {
    part.lastIndex = at;
    const [found, single, double, escaped, plain] = part.exec(line) ?? [];
    if (found !== undefined) {
      const text = single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain ?? '';
      words.push((inWord ? words.pop() : '') + text);
      inWord = true;
      at += found.length;
    } else if (/[ \t\r\n]/.test(line.charAt(at))) {
      inWord = false;
      at += 1;
    } else {
      return undefined;
    }
  }
  return words;
}
