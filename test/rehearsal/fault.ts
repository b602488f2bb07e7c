import { type Answer, type Arrived, htmlAnswer, redirect } from './exchange.ts';
import { page } from './html.ts';
import { errorAnswer } from './query-protocol.ts';

/** What a hook gives in place of the true answer: another answer, or a cut connection. */
export type Fault = Answer | 'cut';

/**
 * Asked for every request before it is answered; `undefined` lets the true answer go out. A hook that
 * returns a promise holds the answer until that is settled.
 */
export type Hook = (request: Arrived) => Fault | undefined | Promise<Fault | undefined>;

/** STS's own error answer. */
export const stsError = (status: number, code: string, message: string): Fault =>
  errorAnswer(status, code, message);

/** What a hotel's network says in the name of every host. */
export const captivePortal = (status = 200): Fault =>
  htmlAnswer(page('Hotel WLAN', '<h1>Please accept our terms to go online</h1>', '#7a4a12'), status);

/** A sign-in hook: sends the POST on to another host with 307, as AWS does towards regional hosts. */
export const redirectTo =
  (host: string): Hook =>
  (request) =>
    request.host === host ? undefined : redirect(`https://${host}${request.path}`, 307);

/** A hook that holds every answer until `release` is called. */
export function hold(): { hook: Hook; release: () => void } {
  let release = () => {};
  const released = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
  });
  return { hook: () => released, release: () => release() };
}
