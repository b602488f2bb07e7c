import type { Credentials } from './credentials.ts';

/** An answer of a container credentials endpoint before it is written. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Credentials and what leads to them are for whoever asked alone. */
export function jsonAnswer(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  const body = JSON.stringify(value);
  const length = String(new TextEncoder().encode(body).length);
  const usual = { 'content-type': 'application/json', 'content-length': length, 'cache-control': 'no-store' };
  return { status, headers: { ...usual, ...headers }, body };
}

/** A refusal, in the form in which AWS SDKs show it. */
export const errorAnswer = (
  code: string,
  message: string,
  status: number,
  headers: Record<string, string> = {},
): Answer => jsonAnswer({ Code: code, Message: message }, status, headers);

/** What container credentials and a credential_process both are; programs pass over the other one's fields. */
export const containerCredentials = (credentials: Credentials, accountId: string | undefined) => ({
  Version: 1,
  AccessKeyId: credentials.accessKeyId,
  SecretAccessKey: credentials.secretAccessKey,
  SessionToken: credentials.sessionToken,
  Token: credentials.sessionToken,
  Expiration: credentials.expiration,
  AccountId: accountId,
});

/** The answer as it goes over the wire, after which the connection ends: for requests that cannot be read. */
export function lastBytes({ status, headers, body }: Answer, statusText: string): string {
  const lines = Object.entries({ ...headers, connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${statusText}\r\n${head}\r\n${body}`;
}
