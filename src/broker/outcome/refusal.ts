/** What an answer says of a refusal, by its code: HTTP status and the sentence for people. */
const refusals = {
  InvalidRequest: [400, 'The request is not one that this broker knows.'],
  TokenNeeded: [401, 'A token is needed in the Authorization header.'],
  ExpiredToken: [401, 'The token has expired: log in again, or fetch a new one.'],
  InvalidToken: [401, 'The token is not accepted. The broker’s audit says why.'],
  ProofNeeded: [401, 'This token is good only with a proof of the login that it was made for (header DPoP).'],
  InvalidProof: [401, 'The proof of the login is not for this token, address or time, or was used before.'],
  AccessDenied: [403, 'There is no such role for this token.'],
  RoleUnavailable: [403, 'AWS does not let the broker assume this role. The broker’s audit says why.'],
  NotFound: [404, 'There is nothing at this address.'],
  MethodNotAllowed: [405, 'Only GET is answered here.'],
  TooManyRequests: [429, 'Too many requests of this subject.'],
  HeadersTooLarge: [431, 'The headers are larger than 32 KiB.'],
  Unexpected: [500, 'Something unexpected happened.'],
  Unavailable: [503, 'The broker cannot do this right now: try again.'],
} as const;

export type RefusalCode = keyof typeof refusals;

/**
 * Why a request is turned down. `reason` is for the audit alone and may quote AWS or claims, never a token or a key;
 * what goes out to whoever asked is in the table by `code`.
 */
export interface Refusal {
  code: RefusalCode;
  reason: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const granted = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const refuse = (code: RefusalCode, reason: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: { code, reason },
});

export const statusOf = (code: RefusalCode): number => refusals[code][0];

export const messageOf = (code: RefusalCode): string => refusals[code][1];
