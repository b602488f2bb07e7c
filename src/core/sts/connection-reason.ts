/**
 * Why a connection failed, by the name and code of Node's errors; nothing if they don't tell. Browsers reveal only
 * timeouts.
 */
export function connectionReason({ name, code }: { name?: unknown; code?: unknown }): string | undefined {
  const told = String(code ?? '');
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(told)) return 'its name is not known in this network (DNS)';
  if (told === 'ECONNREFUSED') return 'the connection was refused';
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(told))
    return 'its certificate is not one that this machine trusts';
  return name === 'AbortError' || name === 'TimeoutError' ? 'it did not answer in time' : undefined;
}
