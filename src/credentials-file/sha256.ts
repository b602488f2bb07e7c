/** SHA-256 of a text, in hex. Node loads its crypto with the first one: who only reads files starts without it. */
export async function sha256(text: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(text).digest('hex');
}
