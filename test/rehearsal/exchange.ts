import type { IncomingHttpHeaders } from 'node:http';

/** A request that reached the rehearsal. `host` is lower case and without a port. */
export interface Arrived {
  host: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** All that was sent, byte for byte. */
  body: Buffer;
  /** The body's fields where it is a form; empty otherwise. */
  form: URLSearchParams;
  /** The STS action, e.g. `AssumeRoleWithSAML`. */
  action?: string;
  /** Milliseconds since the epoch. */
  arrivedAt: number;
  /** The status it was answered with; undefined until then, and when the connection was cut. */
  status?: number;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export const htmlAnswer = (body: string, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
});

export const redirect = (location: string, status: 302 | 303 | 307 = 302): Answer => ({
  status,
  headers: { location, 'cache-control': 'no-store' },
  body: '',
});
