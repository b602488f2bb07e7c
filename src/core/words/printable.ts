/** Characters that are not seen, that steer a terminal or that turn the direction of writing. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text from outside, fit to be shown: characters that are not seen, that steer a terminal or that turn the
 * direction of writing become U+FFFD, so that nothing can disguise itself as something else.
 */
export const printable = (text: string): string => text.replace(unseen, '\ufffd');

/** `value` as JSON that is fit to be shown and still says the same: such characters in its texts are escaped. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => line.replace(unseen, escaped))
    .join('\n');

/** JSON escapes UTF-16 units. */
const escaped = (character: string): string =>
  character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
