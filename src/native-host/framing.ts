import { failure } from '../core/failure.ts';
import { maxMessageBytes } from '../core/protocol/protocol.ts';
import type { AnswerEnvelope } from './answer-envelope.ts';

/** A whole message, or the size of one that was too large and is skipped. */
export type Frame = { kind: 'message'; bytes: Uint8Array } | { kind: 'too-large'; byteLength: number };

const headerBytes = 4;

/**
 * Cuts a native messaging stream into messages: 4 bytes of length, then as many bytes of JSON.
 * The length is in the machine's own byte order; every machine that Node supports browsers on is little-endian.
 *
 * A message above `maxMessageBytes` is never kept in memory. It is reported once its length is read, and exactly that
 * many bytes are skipped, so that the next message can be read.
 */
export class FrameDecoder {
  readonly #header = Buffer.alloc(headerBytes);
  #headerFilled = 0;
  #body: Buffer | undefined;
  #bodyFilled = 0;
  #toSkip = 0;

  /** Takes the next bytes, cut anywhere, and returns the frames that they complete, in order. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#toSkip > 0) {
        const skipped = Math.min(this.#toSkip, rest.length);
        this.#toSkip -= skipped;
        rest = rest.subarray(skipped);
      } else if (this.#body === undefined) {
        rest = this.#readHeader(rest, frames);
      } else {
        rest = this.#readBody(this.#body, rest, frames);
      }
    }
    return frames;
  }

  #readHeader(bytes: Uint8Array, frames: Frame[]): Uint8Array {
    const part = bytes.subarray(0, headerBytes - this.#headerFilled);
    this.#header.set(part, this.#headerFilled);
    this.#headerFilled += part.length;
    if (this.#headerFilled === headerBytes) {
      this.#headerFilled = 0;
      this.#begin(this.#header.readUInt32LE(), frames);
    }
    return bytes.subarray(part.length);
  }

  #begin(byteLength: number, frames: Frame[]): void {
    if (byteLength > maxMessageBytes) {
      this.#toSkip = byteLength;
      frames.push({ kind: 'too-large', byteLength });
    } else if (byteLength === 0) {
      frames.push({ kind: 'message', bytes: new Uint8Array(0) });
    } else {
      this.#body = Buffer.alloc(byteLength);
      this.#bodyFilled = 0;
    }
  }

  #readBody(body: Buffer, bytes: Uint8Array, frames: Frame[]): Uint8Array {
    const part = bytes.subarray(0, body.length - this.#bodyFilled);
    body.set(part, this.#bodyFilled);
    this.#bodyFilled += part.length;
    if (this.#bodyFilled === body.length) {
      this.#body = undefined;
      frames.push({ kind: 'message', bytes: body });
    }
    return bytes.subarray(part.length);
  }
}

/**
 * The answer as a frame. Browsers close the port on a message above 1 MiB, so an answer that would be
 * larger becomes the failure `message-too-large`.
 */
export function encodeFrame(answer: AnswerEnvelope): Buffer {
  const body = Buffer.from(JSON.stringify(answer));
  if (body.length > maxMessageBytes) {
    const { version, id } = answer;
    const tooLarge = failure('message-too-large', { bytes: body.length, limit: maxMessageBytes });
    return encodeFrame({ version, id, ok: false, failure: tooLarge });
  }
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(body.length);
  return Buffer.concat([header, body]);
}
