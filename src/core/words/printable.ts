/** Characters that are invisible, control a terminal or change the writing direction. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text from outside, made safe to show: characters that are invisible, control a terminal or change the writing
 * direction become U+FFFD, so nothing can disguise itself.
 */
export const printable = (text: string): string => text.replace(unseen, '\ufffd');

/** `value` as JSON that is safe to show and still means the same: such characters are escaped. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => line.replace(unseen, escaped))
    .join('\n');

/** JSON escapes UTF-16 units. */
const escaped = (character: string): string =>
  character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
