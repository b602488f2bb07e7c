import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { fileReason } from '../request/file-reason.ts';
import { plainAnswer } from '../request/plain-answer.ts';

/** A page of this machine that leads one browser to a secret link. */
export interface OneTimePage {
  /** Useless once the page was asked for. */
  address: string;
  /** A browser has the link. */
  taken: Promise<void>;
  close(): void;
}

/**
 * Serves a page on 127.0.0.1 that redirects to `link`, once. Everybody on the machine sees the words with which a browser
 * is started, so these hold only the page's address, which nobody can guess. Failure: `console-not-opened`.
 */
export async function oneTimePage(link: string): Promise<Result<OneTimePage>> {
  const { createServer } = process.getBuiltinModule('node:http');
  const path = `/${process.getBuiltinModule('node:crypto').randomBytes(32).toString('base64url')}`;
  let isTaken = false;
  let origin = '';
  let take: () => void;
  const taken = new Promise<void>((resolve) => {
    take = resolve;
  });
  const server = createServer(({ method, url, headers }, response) => {
    // Of another host's page that had its name lead here, the browser tells.
    const isHere = `http://${headers.host}` === origin && method === 'GET' && url === path;
    if (!isHere) return plainAnswer(response, 404, 'There is nothing here.');
    if (isTaken) return plainAnswer(response, 410, 'This address worked once.');
    isTaken = true;
    response.once('close', take);
    plainAnswer(response, 302, 'To the AWS console.', { location: link });
  });
  const obstacle = await new Promise<Error | undefined>((resolve) => {
    server.once('error', resolve);
    server.listen({ port: 0, host: '127.0.0.1' }, () => resolve(undefined));
  });
  if (obstacle !== undefined) {
    return failed(
      failure('console-not-opened', { reason: `127.0.0.1 cannot be used: ${fileReason(obstacle)}` }),
    );
  }
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return ok({
    address: origin + path,
    taken,
    close() {
      server.close();
      // Browsers also open connections that they may need later.
      server.closeAllConnections();
    },
  });
}
