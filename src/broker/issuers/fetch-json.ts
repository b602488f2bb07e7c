import { connectionReason } from '../../core/sts/connection-reason.ts';

/** Key sets have a few kilobytes. */
const largestAnswer = 256 * 1024;
const patienceMilliseconds = 5_000;

/**
 * Gets JSON from an issuer. Throws with a reason in plain words: no redirect is followed, and what is too large or too
 * slow is given up.
 */
export async function fetchJson(url: string): Promise<unknown> {
  const signal = AbortSignal.timeout(patienceMilliseconds);
  const answer = await fetch(url, {
    redirect: 'manual',
    signal,
    headers: { accept: 'application/json' },
  }).catch((error: Error) => {
    throw new Error(connectionReason((error.cause ?? error) as object) ?? 'it could not be reached');
  });
  try {
    if (answer.status >= 300 && answer.status < 400) throw new Error('it sends the request on elsewhere');
    if (answer.status !== 200) throw new Error(`it answered with ${answer.status}`);
    return parseJson(await limitedText(answer));
  } finally {
    await answer.body?.cancel().catch(() => {});
  }
}

async function limitedText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    size += value.length;
    if (size > largestAnswer) {
      await reader?.cancel();
      throw new Error('its answer is too large');
    }
    chunks.push(value);
  }
  reader?.releaseLock();
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON's own error quotes what it read. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('what it has is not JSON');
  }
}
