import { failure } from '../../core/failure.ts';
import { failed, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { tell } from '../terminal/tell.ts';
import { aboutBroker, type Caller } from './ask-broker.ts';
import type { Broker } from './broker-address.ts';
import type { LoginWishes } from './provider-login.ts';

/**
 * Has the user log in at the broker's identity provider. Returns the caller to ask the broker as.
 * Failures: `broker-login-missing`, those of asking the broker and those of the login.
 */
export async function personCaller(
  broker: Broker,
  wishes: LoginWishes,
  ended: AbortSignal,
): Promise<Result<Caller>> {
  const about = await aboutBroker(broker);
  if (!about.ok) return about;
  const { url, login } = about.value;
  if (login === undefined) return failed(failure('broker-login-missing', { host: broker.host }));
  if (url !== broker.url) {
    tell(`${broker.url} says that its address is ${printable(url)}; if it refuses the login, use that one\n`);
  }
  const { logInAtProvider } = await import('./provider-login.ts');
  return logInAtProvider(broker, login, wishes, ended);
}
