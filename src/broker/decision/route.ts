import { granted, type Outcome, refuse } from '../outcome/refusal.ts';

/** What is asked for. */
export type Route =
  | { kind: 'about' }
  | { kind: 'roles' }
  | { kind: 'role'; name: string; duration: number | undefined };

/**
 * Reads the target of a request, which is looked for below `prefix` ('' or a path). A role's name stands in the path,
 * since some SDKs drop the query.
 */
export function route(method: string, target: string, prefix: string): Outcome<Route> {
  const [path = '', query] = splitOnce(target, '?');
  const below = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : '';
  const name = /^\/v1\/roles\/([A-Za-z0-9][\w.-]{0,63})$/.exec(below)?.[1];
  if (name === undefined && below !== '/v1' && below !== '/v1/roles') {
    return refuse('NotFound', 'there is nothing at this address');
  }
  if (method !== 'GET') return refuse('MethodNotAllowed', `the method is ${method}`);
  const duration = durationIn(name, query);
  if (duration === 'unfit') return refuse('InvalidRequest', 'the query is not duration=900 to 43200');
  if (name !== undefined) return granted({ kind: 'role', name, duration });
  return granted({ kind: below === '/v1' ? 'about' : 'roles' });
}

function durationIn(name: string | undefined, query: string | undefined): number | undefined | 'unfit' {
  if (query === undefined || query === '') return undefined;
  const seconds = Number(/^duration=(\d{3,5})$/.exec(query)?.[1]);
  return name !== undefined && seconds >= 900 && seconds <= 43_200 ? seconds : 'unfit';
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
