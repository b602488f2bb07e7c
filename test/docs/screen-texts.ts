import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './documents.ts';
import type { Document } from './markdown.ts';

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(?<!\.test)\.tsx?$/.test(file),
);
const messages = JSON.parse(readFileSync(join(root, '_locales/en/messages.json'), 'utf8')) as Record<
  string,
  { message: string }
>;

/** Everything the product can say, a line each: the extension's messages, and the words in the sources. */
const sayings: string[] = [
  ...Object.values(messages).map(({ message }) => message),
  ...sources.flatMap((file) =>
    readFileSync(join(root, 'src', file), 'utf8')
      .replaceAll("\\'", "'")
      .split('\n'),
  ),
];

/**
 * The “quotes” of a document that the product cannot say. `…` in a quote stands for what the product fills in, such as
 * a profile's name: “No profile is called ….”
 */
export const unsaid = ({ quotes }: Pick<Document, 'quotes'>): string[] =>
  quotes.filter((quote) => !sayings.some((saying) => says(saying, quote)));

function says(saying: string, quote: string): boolean {
  let from = 0;
  return quote.split('…').every((part) => {
    const at = saying.indexOf(part.trim(), from);
    from = at + part.trim().length;
    return at !== -1;
  });
}
