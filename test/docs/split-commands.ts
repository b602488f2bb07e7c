/** The commands of a shell text, each as its words: of `a b | c "$(d e)"` these are `a b`, `c …` and `d e`. */
export function splitCommands(text: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  let at = 0;
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) words.shift();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  const add = (part: string) => {
    word = (word ?? '') + part;
  };
  /** Reads `$(…)`, whose commands are commands too. */
  const substitution = () => {
    const end = endOf(text, at + 2);
    commands.push(...splitCommands(text.slice(at + 2, end)));
    add('$()');
    at = end;
  };
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\') {
      at++;
      if (text[at] !== '\n') add(text[at] ?? '');
    } else if (char === "'") {
      const end = text.indexOf("'", at + 1);
      add(text.slice(at + 1, end === -1 ? undefined : end));
      at = end === -1 ? text.length : end;
    } else if (char === '"') {
      add('');
      for (at++; at < text.length && text[at] !== '"'; at++) {
        if (text.startsWith('$(', at)) substitution();
        else if (text[at] === '\\') add(text[++at] ?? '');
        else add(text[at] ?? '');
      }
    } else if (text.startsWith('$(', at)) substitution();
    else if (char === '#' && word === undefined) {
      while (at + 1 < text.length && text[at + 1] !== '\n') at++;
    } else if (char === '>' || char === '<') {
      if (/^\d$/.test(word ?? '')) word = undefined;
      endWord();
      at += /^[<>&]*\s*(?:&?\d|[^\s|;&]*)/.exec(text.slice(at))?.[0].length ?? 1;
      at--;
    } else if (/[|;&\n(){}]/.test(char) && !(/[{}]/.test(char) && word !== undefined)) endCommand();
    else if (/\s/.test(char)) endWord();
    else add(char);
  }
  endCommand();
  return commands;
}

/** Where the parenthesis that was opened before `from` is closed. */
function endOf(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (depth === 0) return at;
  }
  return text.length;
}
