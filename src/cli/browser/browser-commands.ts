/**
 * The commands that `BROWSER` names for `url`, the first choice first: separated by `:`, on Windows by `;`; `%s` stands
 * for the address, which else comes last. Words are parted by blanks outside of quotes. A path with blanks that is not
 * quoted, as WSL's `/mnt/c/Program Files (x86)/…`, is found by looking which of its beginnings `isFile`.
 */
export function browserCommands(
  named: string,
  url: string,
  platform: NodeJS.Platform,
  isFile: (path: string) => boolean,
): string[][] {
  const separator = platform === 'win32' ? ';' : ':';
  return outsideQuotes(named, separator).flatMap((entry) => {
    const words = wordsOf(entry.trim(), isFile);
    if (words.length === 0) return [];
    return [entry.includes('%s') ? words.map((word) => word.replaceAll('%s', url)) : [...words, url]];
  });
}

function wordsOf(entry: string, isFile: (path: string) => boolean): string[] {
  const plain = entry.split(/ +/);
  for (let count = plain.length; count > 1; count -= 1) {
    const path = plain.slice(0, count).join(' ');
    if (isFile(path)) return [path, ...plain.slice(count)];
  }
  return outsideQuotes(entry, ' ')
    .map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'))
    .filter(Boolean);
}

/** The parts of `text` between separators that stand in no quotes. */
const outsideQuotes = (text: string, separator: string): string[] =>
  text.match(new RegExp(`(?:'[^']*'|"[^"]*"|[^${separator}])+`, 'g')) ?? [];
