import { styleText } from 'node:util';
import { isTerminal } from './is-terminal.ts';

type Style = Parameters<typeof styleText>[0];

/**
 * `text` in a style, if stdout is a terminal that can show it and the user has not turned styles off.
 * https://no-color.org
 */
export function styled(style: Style, text: string): string {
  const { NO_COLOR, TERM } = process.env;
  const plain = !isTerminal(1) || Boolean(NO_COLOR) || TERM === 'dumb';
  // Node itself takes an empty NO_COLOR as set.
  return plain ? text : styleText(style, text, { validateStream: false });
}
