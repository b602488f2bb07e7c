import { EventEmitter, once } from 'node:events';
import type { Readable } from 'node:stream';
import { type Frame, FrameDecoder } from './framing.ts';

/** How many requests may queue before the browser must wait. Extensions wait for answers long before that. */
const mostWaiting = 64;

/**
 * The requests on `stdin`, in order. Reads ahead while one is being answered: nothing else tells that the browser is
 * gone.
 */
export class Requests {
  readonly #stdin: Readable;
  readonly #waiting: Frame[] = [];
  readonly #news = new EventEmitter();
  /** Whether stdin has ended, failed or been destroyed, so that nobody listens any more. */
  ended = false;

  constructor(stdin: Readable) {
    this.#stdin = stdin;
    const decoder = new FrameDecoder();
    stdin.on('data', (chunk: Buffer) => {
      this.#waiting.push(...decoder.push(chunk));
      if (this.#waiting.length >= mostWaiting) stdin.pause();
      this.#news.emit('news');
    });
    const end = () => {
      this.ended = true;
      this.#news.emit('news');
    };
    for (const event of ['end', 'close', 'error']) stdin.on(event, end);
  }

  /** Aborts when the next request comes, or nobody listens any more. */
  untilNext(): AbortSignal {
    const next = new AbortController();
    if (this.ended || this.#waiting.length > 0) next.abort();
    else this.#news.once('news', () => next.abort());
    return next.signal;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Frame> {
    while (true) {
      const frame = this.#waiting.shift();
      if (frame !== undefined) {
        yield frame;
        continue;
      }
      if (this.ended) return;
      this.#stdin.resume();
      await once(this.#news, 'news');
    }
  }
}
