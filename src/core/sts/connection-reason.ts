/**
 * Why a connection failed, by the name and the code that Node gives its errors; nothing where they do not tell.
 * Browsers keep all of that but the time limit to themselves.
 */
export function connectionReason({ name, code }: { name?: unknown; code?: unknown }): string | undefined {
  const told = String(code ?? '');
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(told)) return 'its name is not known in this network (DNS)';
  if (told === 'ECONNREFUSED') return 'the connection was refused';
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(told))
    return 'its certificate is not one that this machine trusts';
  return name === 'AbortError' || name === 'TimeoutError' ? 'it did not answer in time' : undefined;
}
