/**
 * A text from outside, fit to be shown: characters that are not seen, that steer a terminal or that turn the
 * direction of writing become U+FFFD, so that nothing can disguise itself as something else.
 */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
