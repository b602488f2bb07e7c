import type { Failure } from '../../core/failure.ts';
import { printable } from '../../core/words/printable.ts';

const proxies = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];

/**
 * What to do about a failure. Where AWS cannot be reached, what is set in `env` for other AWS tools may be why these
 * reach it: as the AWS SDK for JavaScript, this program heeds neither a proxy nor AWS_CA_BUNDLE.
 */
export function hintOf({ code, message, hint }: Failure, env: NodeJS.ProcessEnv): string {
  if (code !== 'sts-unreachable') return hint;
  const { AWS_CA_BUNDLE: bundle } = env;
  if (bundle && message.includes('its certificate')) {
    return `AWS_CA_BUNDLE is not heeded here; set NODE_EXTRA_CA_CERTS=${printable(bundle)} too.`;
  }
  const proxy = proxies.find((name) => env[name]);
  return proxy === undefined
    ? hint
    : `${proxy} is set, which is not heeded here: AWS is asked directly. The browser extension goes through the browser's proxy.`;
}
