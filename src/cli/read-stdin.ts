/** No assertion is as large; more is a mistake, such as a wrong file, and is not read to its end. */
const most = 10 * 1024 * 1024;

/** All that stands on stdin, at most 10 MiB of it. */
export async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) break;
  }
  return Buffer.concat(chunks);
}
