import { type Answer, errorAnswer } from '../../core/profile/container-credentials.ts';
import { messageOf, type RefusalCode, statusOf } from '../outcome/refusal.ts';

const headersOf: Partial<Record<RefusalCode, Record<string, string>>> = {
  TooManyRequests: { 'retry-after': '1' },
  Unavailable: { 'retry-after': '1' },
  MethodNotAllowed: { allow: 'GET' },
};

/** What an answer says of a refusal. */
export function refusalAnswer(code: RefusalCode): Answer {
  const status = statusOf(code);
  const challenge: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Bearer, DPoP algs="ES256"' } : {};
  return errorAnswer(code, messageOf(code), status, { ...challenge, ...headersOf[code] });
}
