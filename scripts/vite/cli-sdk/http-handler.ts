import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { type HttpRequest, HttpResponse } from '@smithy/core/transport';
import type { SendOptions } from '../worker-sdk/lean-client.ts';

/** What Node calls a connection that was made and then came to nothing; retried like one that was too slow. */
const timeouts = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

/**
 * Stands for the SDK's handler over Node's own HTTP, without its pools and timers: each client asks a few times at
 * most, and `abortSignal` ends it. The part of Node that is needed is loaded, and no more.
 */
export class HttpHandler {
  async handle(request: HttpRequest, { abortSignal }: SendOptions) {
    const { protocol, port, method, path, headers, body } = request;
    const { request: open } = await (protocol === 'https:' ? import('node:https') : import('node:http'));
    // `[::1]` is how addresses have it, not the system.
    const options: RequestOptions = {
      host: request.hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      method,
      path,
      headers: { ...headers, 'user-agent': 'roleferry', 'content-length': Buffer.byteLength(body) },
      agent: false,
    };
    const message = await answerOf(open(options), body, abortSignal);
    const fields = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
    const response = new HttpResponse({
      statusCode: message.statusCode ?? -1,
      headers: Object.fromEntries(fields),
      body: message,
    });
    return { response };
  }
}

function answerOf(sent: ClientRequest, body: string, abortSignal?: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.on('response', resolve);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (timeouts.includes(error.code ?? '')) error.name = 'TimeoutError';
      reject(error);
    });
    const abort = () => {
      reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
      sent.destroy();
    };
    abortSignal?.addEventListener('abort', abort, { once: true });
    sent.on('close', () => abortSignal?.removeEventListener('abort', abort));
    if (abortSignal?.aborted) abort();
    else sent.end(body);
  });
}

/** The bytes of an answer. */
export async function streamCollector(stream: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
