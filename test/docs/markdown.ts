/** A block of code between fences. */
export interface Block {
  /** The first word after the fence: `console`, `sh`; empty if there is none. */
  language: string;
  /** The rest of that line: `home=empty`, `not-run="needs a display"`. */
  marks: Record<string, string>;
  text: string;
  /** Where `text` stands in the document. */
  start: number;
  /** In a list, for example. */
  indented: boolean;
}

/** What the checks look at in a document. */
export interface Document {
  /** From the root of the repository: `docs/cli.md`. */
  path: string;
  text: string;
  blocks: Block[];
  /** Code inside a line: `roleferry list`. */
  inlineCode: string[];
  /** Where links and pictures lead, of Markdown and of HTML. */
  links: string[];
  /** What the headings are called in links. */
  anchors: string[];
  /** Texts in “curly quotes”. */
  quotes: string[];
}

const codeInLine = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g;
const fence = /^( *)(```+)([^\n`]*)\n(.*?)^\1\2 *$/gms;

/** Reads as much of GitHub's Markdown as our documents use. */
export function parseDocument(path: string, text: string): Document {
  const blocks = [...text.matchAll(fence)].map(({ 1: before = '', 3: info = '', 4: body = '', index }) => {
    const [, language = '', rest = ''] = /^\s*(\S*)(.*)$/.exec(info) ?? [];
    const start = text.indexOf('\n', index) + 1;
    return { language, marks: marksOf(rest), text: body, start, indented: before !== '' };
  });
  const outside = text.replaceAll(fence, '\n').replaceAll(/<!--.*?-->/gs, '');
  const inlineCode = [...outside.matchAll(codeInLine)].map(([, , code = '']) =>
    code.trim().replaceAll('\\|', '|'),
  );
  const withoutCode = outside.replaceAll(codeInLine, '`');
  return {
    path,
    text,
    blocks,
    inlineCode,
    links: linksOf(withoutCode),
    anchors: anchorsOf(outside),
    quotes: [...withoutCode.matchAll(/“([^”]*)”/g)].map(([, quote = '']) => quote),
  };
}

const marksOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/g)].map(([, name = '', quoted, word]) => [
      name,
      quoted ?? word ?? '',
    ]),
  );

const linksOf = (text: string): string[] =>
  [
    /\]\(<?([^)\s>]*)>?(?: "[^"]*")?\)/g,
    /^\[[^\]]+\]:\s*(\S+)/gm,
    /<(https?:[^>\s]*)>/g,
    /(?:href|src|srcset)="([^"]*)"/g,
  ].flatMap((form) => [...text.matchAll(form)].map(([, link = '']) => link));

/** As GitHub names them: the second of two equal headings gets `-1`. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const name = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}-${times}`;
  });
}
