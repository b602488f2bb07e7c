import type { Reason } from '../failure-reasons.ts';

/**
 * Why a connection failed, by the name and code of Node's errors; nothing if they don't tell. Browsers reveal only
 * timeouts.
 */
export function connectionProblem({
  name,
  code,
}: {
  name?: unknown;
  code?: unknown;
}): Reason<'connection'> | undefined {
  // Stryker disable next-line StringLiteral: neither is a code
  const told = String(code ?? '');
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(told)) return 'unknown-name';
  if (told === 'ECONNREFUSED') return 'refused';
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(told)) return 'certificate';
  return name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : undefined;
}
