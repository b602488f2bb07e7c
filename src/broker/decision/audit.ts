import { closeSync, openSync, writeSync } from 'node:fs';

/** One decision. Nothing in it is a token or a key. */
export interface AuditEntry {
  /** The id of the request, which its answer has as `x-request-id`. */
  request: string;
  outcome: 'issued' | 'listed' | 'refused';
  status: number;
  /** From which address, as the broker sees it: behind a proxy that is the proxy's. */
  from: string;
  method?: string;
  role?: string;
  /** Of a token that was verified. */
  iss?: string;
  sub?: string;
  jti?: string;
  /** What was handed out. */
  roleArn?: string;
  session?: string;
  sourceIdentity?: string;
  accessKeyId?: string;
  expiration?: string;
  /** Seconds that were asked for. */
  duration?: number;
  code?: string;
  /** Why it was refused, with AWS's own words where there are some. */
  reason?: string;
}

const longestField = 300;
const stdout = 1;

/** Where decisions are written, a line of JSON each. */
export class Audit {
  #fd: number;
  #torn = false;
  /** How many lines could not be written. */
  failures = 0;

  /** Opens `file` to append to, or takes stdout. Throws what the system says. */
  constructor(file?: string) {
    this.#fd = file === undefined ? stdout : openSync(file, 'a', 0o640);
  }

  /** Whether the line was written: nothing may be handed out that no line tells of. */
  write(entry: AuditEntry, now: number): boolean {
    const line = JSON.stringify({ time: new Date(now).toISOString(), ...entry }, shortened);
    // What a full disk left of a line before is ended first.
    const bytes = Buffer.from(`${this.#torn ? '\n' : ''}${line}\n`);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
      this.#torn = false;
      return true;
    } catch {
      this.#torn ||= written > 0;
      this.failures += 1;
      return false;
    }
  }

  close(): void {
    if (this.#fd !== stdout) closeSync(this.#fd);
  }
}

const shortened = (_: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > longestField ? `${value.slice(0, longestField)}…` : value;
