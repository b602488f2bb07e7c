import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { errorCode } from '../../disk/fs-failure.ts';
import { tell } from '../terminal/tell.ts';
import { fileReason } from './file-reason.ts';
import { plainAnswer } from './plain-answer.ts';

/** How often to try for a port that another login uses; milliseconds. */
const again = 500;

/** What is told to the identity provider, and what an administrator registers there. */
export const redirectUri = (port: number): string => `http://127.0.0.1:${port}/callback`;

/** Waits on this machine for the browser to come back from a login. */
export interface RedirectListener {
  /** What the identity provider sent for this login. */
  come: Promise<URLSearchParams>;
  close(): void;
}

/**
 * Listens on `port`, reachable only from this machine. If another login has the port, waits for it until `signal`
 * aborts. Any page in the browser can send anything here, so requests without the `state` of this login are ignored.
 * Failure: `redirect-port-busy`.
 */
export async function listenForRedirect(
  port: number,
  state: string,
  signal: AbortSignal,
): Promise<Result<RedirectListener>> {
  let resolveCome: (params: URLSearchParams) => void;
  const come = new Promise<URLSearchParams>((resolve) => {
    resolveCome = resolve;
  });
  // Loaded only now: AWS tools run this program for credentials that are mostly still good.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    // Of another host's page that had its name lead here, the browser tells.
    const isHere = headers.host === `127.0.0.1:${port}` && method === 'GET';
    const asked = URL.canParse(url, redirectUri(port)) ? new URL(url, redirectUri(port)) : undefined;
    if (!isHere || asked?.pathname !== '/callback')
      return plainAnswer(response, 404, 'There is nothing here.');
    if (asked.searchParams.get('state') !== state)
      return plainAnswer(response, 400, 'This is not the expected login.');
    plainAnswer(
      response,
      200,
      asked.searchParams.has('error')
        ? 'The login failed. The terminal says why.'
        : 'Logged in. You can close this page and go back to the terminal.',
    );
    resolveCome(asked.searchParams);
  });
  const obstacle = await listen(server, port, signal);
  if (obstacle !== undefined) return failed(failure('redirect-port-busy', { port, reason: obstacle }));
  return ok({
    come,
    close() {
      server.close();
      server.closeIdleConnections();
    },
  });
}

/** Why the port cannot be used, if so. */
async function listen(server: Server, port: number, signal: AbortSignal): Promise<string | undefined> {
  for (let told = false; ; told = true) {
    const error = await new Promise<Error | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen({ port, host: '127.0.0.1' }, () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (error === undefined) return undefined;
    if (errorCode(error) !== 'EADDRINUSE') return fileReason(error);
    if (!told) tell(`port ${port} is in use, perhaps by another login: waiting for it\n`);
    try {
      await pause(again, undefined, { signal });
    } catch {
      return 'another program uses it';
    }
  }
}
