import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromiumExtensionId } from '../core/product.ts';
import { FrameDecoder } from './framing.ts';

/** `value` as the browser sends it. */
export function frame(value: unknown): Buffer {
  return rawFrame(Buffer.from(JSON.stringify(value)));
}

export function rawFrame(body: Uint8Array, length = body.length): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(length);
  return Buffer.concat([header, body]);
}

interface HostOptions {
  /** What is run, with its first arguments. */
  command: string[];
  home: string;
  args?: string[];
  env?: Record<string, string>;
}

/** The host as a process of its own, with the browser's end of its pipes in the test's hands. */
export class HostProcess {
  readonly #child;
  readonly #answers: unknown[] = [];
  readonly #decoder = new FrameDecoder();
  readonly #exit: Promise<unknown[]>;
  #stdoutBytes = 0;
  #frameBytes = 0;
  stderr = '';

  constructor({
    command,
    home,
    args = [`chrome-extension://${chromiumExtensionId}/`],
    env = {},
  }: HostOptions) {
    const [file = '', ...first] = command;
    this.#child = spawn(file, [...first, ...args], { env: { HOME: home, ...env } });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#stdoutBytes += chunk.length;
      for (const part of this.#decoder.push(chunk)) {
        if (part.kind === 'too-large') continue;
        this.#frameBytes += 4 + part.bytes.length;
        this.#answers.push(JSON.parse(Buffer.from(part.bytes).toString('utf8')));
        this.#child.emit('answer');
      }
    });
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.#child.stdin.on('error', () => {});
    this.#exit = once(this.#child, 'close');
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Hands `bytes` to the pipe, in one write. */
  async send(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.#child.stdin.write(bytes, () => resolve()));
  }

  /** The next answer, or `undefined` when the host exits without one. */
  async next(): Promise<unknown> {
    if (this.#answers.length === 0) await Promise.race([once(this.#child, 'answer'), this.#exit]);
    return this.#answers.shift();
  }

  /** Stops reading what the host says, as a browser does that goes away. */
  hangUp(): void {
    this.#child.stdout.destroy();
  }

  /** Closes stdin, after these last bytes, and waits for the end: the exit code, and the answers not yet taken. */
  async end(last?: Uint8Array): Promise<{ code: unknown; answers: unknown[]; strayBytes: number }> {
    this.#child.stdin.end(last);
    const [code] = await this.#exit;
    return { code, answers: this.#answers, strayBytes: this.#stdoutBytes - this.#frameBytes };
  }
}
