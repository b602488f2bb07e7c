import { type HttpRequest, HttpResponse } from '@smithy/core/transport';
import type { SendOptions } from './lean-client.ts';

/** How many connections browsers open to one host, and as many again for what goes there without cookies. */
const connections = 6;

/** How many of the first ones are in use. */
let busy = 0;

/**
 * Stands for the SDK's handler over fetch. Roles are asked for twelve at once: those for which there is no connection
 * left go without cookies, of which STS has none.
 */
export class FetchHandler {
  async handle(request: HttpRequest, { abortSignal }: SendOptions) {
    const { protocol, hostname, path, method, headers, body } = request;
    const isFirst = busy < connections;
    if (isFirst) busy += 1;
    try {
      const answer = await fetch(
        new Request(`${protocol}//${hostname}${path}`, {
          method,
          headers,
          body,
          // What is sent goes to AWS and nowhere else: src/core/watch-sts.ts makes a failure of it.
          redirect: 'manual',
          credentials: isFirst ? 'same-origin' : 'omit',
          signal: abortSignal ?? null,
        }),
      );
      const fields = Object.fromEntries(answer.headers);
      const response = new HttpResponse({ statusCode: answer.status, headers: fields, body: answer });
      return { response };
    } catch (error) {
      // Of this name the SDK knows that no other attempt is of use.
      throw abortSignal?.aborted ? new DOMException('', 'AbortError') : error;
    } finally {
      if (isFirst) busy -= 1;
    }
  }
}

/** The bytes of an answer. */
export const streamCollector = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
