import { messageOf, type RefusalCode, statusOf } from '../outcome/refusal.ts';

/** An answer before it is written. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Credentials and what leads to them are for whoever asked alone. */
export const jsonAnswer = (value: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

const headersOf: Partial<Record<RefusalCode, Record<string, string>>> = {
  TooManyRequests: { 'retry-after': '1' },
  Unavailable: { 'retry-after': '1' },
  MethodNotAllowed: { allow: 'GET' },
};

/** A refusal, in the form in which AWS SDKs show it. */
export function refusalAnswer(code: RefusalCode): Answer {
  const status = statusOf(code);
  const challenge: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Bearer, DPoP algs="ES256"' } : {};
  return jsonAnswer({ Code: code, Message: messageOf(code) }, status, { ...challenge, ...headersOf[code] });
}
