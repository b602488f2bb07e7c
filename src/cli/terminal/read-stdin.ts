import { readSync } from 'node:fs';

/** Larger than any assertion. More is a mistake, such as a wrong file, and is not read to its end. */
const most = 10 * 1024 * 1024;

/** All of stdin, 10 MiB at most. */
export async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    return chunk.length > 0 && size <= most;
  };
  try {
    while (take(nextChunk()));
  } catch {
    // A pipe on which nobody may wait, or the end of one on Windows: Node's stream, which takes long to load, knows.
    for await (const chunk of process.stdin) if (!take(chunk)) break;
  }
  return Buffer.concat(chunks);
}

function nextChunk(): Buffer {
  const chunk = Buffer.allocUnsafe(0x10000);
  return chunk.subarray(0, readSync(0, chunk));
}
