import { EventEmitter, once } from 'node:events';
import type { Readable } from 'node:stream';
import { type Frame, FrameDecoder } from './framing.ts';

/** So many requests may wait before the browser has to; an extension waits for its answers long before. */
const mostWaiting = 64;

/**
 * The requests that `stdin` brings, in order. It is read ahead while one is being answered, for that is the only way
 * to learn that the browser has gone meanwhile.
 */
export class Requests {
  readonly #stdin: Readable;
  readonly #waiting: Frame[] = [];
  readonly #news = new EventEmitter();
  /** Whether stdin has ended, broken or been destroyed: nobody is there any more. */
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
