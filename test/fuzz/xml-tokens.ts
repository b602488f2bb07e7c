/** A piece of XML text: markup or the text between two of them. */
export interface Token {
  start: number;
  end: number;
  kind: 'open' | 'close' | 'empty' | 'text' | 'other';
}

/** An element by where it begins and ends, and where what it holds begins and ends. */
export interface Extent {
  start: number;
  innerStart: number;
  innerEnd: number;
  end: number;
}

const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!(?:[^>[]|\[[^\]]*\])*>|<\/?[^<>]*>|[^<]+|</g;

/** Takes text apart as XML; what is broken comes out as tokens all the same. */
export function tokensOf(xml: string): Token[] {
  return Array.from(xml.matchAll(markup), ({ 0: text, index }) => ({
    start: index,
    end: index + text.length,
    kind: kindOf(text),
  }));
}

function kindOf(text: string): Token['kind'] {
  if (!text.startsWith('<')) return 'text';
  if (/^(<[!?]|<$)/.test(text)) return 'other';
  if (text.startsWith('</')) return 'close';
  return text.endsWith('/>') ? 'empty' : 'open';
}

/** The elements of `xml`, the innermost first, as far as its tags pair up. */
export function elementsOf(xml: string): Extent[] {
  const elements: Extent[] = [];
  const open: Token[] = [];
  for (const token of tokensOf(xml)) {
    const { start, end, kind } = token;
    if (kind === 'open') open.push(token);
    if (kind === 'empty') elements.push({ start, innerStart: end, innerEnd: end, end });
    const opening = kind === 'close' ? open.pop() : undefined;
    if (opening) elements.push({ start: opening.start, innerStart: opening.end, innerEnd: start, end });
  }
  return elements;
}
