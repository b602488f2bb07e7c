import { tell } from '../terminal/tell.ts';
import { redirectUri } from './redirect-listener.ts';

/**
 * What the identity provider sent in the address that the browser ended on, which the user pastes on stdin. Asks again if
 * it is not from the login with this `state`; `undefined` at the end of stdin or if `signal` aborts.
 */
export async function pastedRedirect(
  port: number,
  state: string,
  signal: AbortSignal,
): Promise<URLSearchParams | undefined> {
  const { createInterface } = process.getBuiltinModule('node:readline');
  const lines = createInterface({ input: process.stdin, signal });
  try {
    tell('then paste the address that the browser ends on, even if it shows no page: ');
    for await (const line of lines) {
      const address = line.trim();
      const params = URL.canParse(address) ? new URL(address).searchParams : undefined;
      if (address.startsWith(`${redirectUri(port)}?`) && params?.get('state') === state) return params;
      tell(`it must begin with ${redirectUri(port)}? and belong to this login. Paste it again: `);
    }
    return undefined;
  } finally {
    lines.close();
  }
}
