import { idleEntries } from '../network/no-proxy.ts';
import { exemptingVariable, namesProxy } from '../network/proxy.ts';
import { type Finding, warning } from './finding.ts';

/** Entries of NO_PROXY that exempt no host from the proxy, though they look as if they did. */
export function checkNoProxy(env: NodeJS.ProcessEnv): Finding[] {
  const variable = exemptingVariable(env);
  if (variable === undefined || !namesProxy(env)) return [];
  return idleEntries(env[variable] ?? '').map((entry) => {
    const [, name] = /^\*\.?([^*]+)$/.exec(entry) ?? [];
    return warning(
      'network',
      `${entry} in ${variable} exempts no host from the proxy, nor does it for curl and the AWS CLI`,
      name === undefined
        ? 'write names, addresses, or ranges such as 10.0.0.0/8'
        : `write ${name}, which means that name and all below it`,
    );
  });
}
