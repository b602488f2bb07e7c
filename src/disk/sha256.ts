/** SHA-256 of a text, in hex. Node loads its crypto with the first one: who only reads files starts without it. */
export const sha256 = (text: string): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
