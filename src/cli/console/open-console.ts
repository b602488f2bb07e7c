import { setTimeout as pause } from 'node:timers/promises';
import { failure } from '../../core/failure.ts';
import type { ParamsOf } from '../../core/failure-codes.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { openLink } from '../browser/open-link.ts';
import { oneTimePage } from './one-time-page.ts';

/** Which browser to open. */
export interface BrowserChoice {
  /** As in `BROWSER`; in place of that. */
  browser?: string;
  /** A container of Firefox, opened by the add-on “Open external links in a container”. */
  container?: string;
}

/**
 * Opens a login link of the console in the browser, and waits at most `seconds` until the browser has taken it. No program
 * gets `link` as an argument, which other people on the machine could read. Failure: `console-not-opened`.
 */
export async function openConsole(
  link: string,
  { browser, container }: BrowserChoice,
  { env, platform }: { env: NodeJS.ProcessEnv; platform: NodeJS.Platform },
  seconds: number,
): Promise<Result<void>> {
  const page = await oneTimePage(link);
  if (!page.ok) return page;
  const { address, taken, close } = page.value;
  const program = browser ?? (container === undefined ? env.BROWSER : firefox(platform));
  const url = container === undefined ? address : containerLink(container, address);
  const done = taken.then(() => ok(undefined));
  const opened = openLink(url, { env: { ...env, BROWSER: program }, platform }).then((result) =>
    result.ok ? done : notOpened((result.failure.params as ParamsOf<'browser-not-opened'>).reason),
  );
  const ended = new AbortController();
  const late = pause(seconds * 1000, undefined, { signal: ended.signal }).then(
    () => notOpened(`no browser asked for it within ${seconds} s`),
    () => done,
  );
  try {
    return await Promise.race([done, opened, late]);
  } finally {
    ended.abort();
    close();
  }
}

const notOpened = (reason: string) => failed(failure('console-not-opened', { reason }));

/** Where Firefox usually is. Linux has it in PATH. */
function firefox(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return '/usr/bin/open -a Firefox';
  return platform === 'win32' ? '"C:\\Program Files\\Mozilla Firefox\\firefox.exe"' : 'firefox';
}

/** The address that the add-on understands. It makes a container that isn't there. */
const containerLink = (name: string, url: string): string =>
  `ext+container:name=${encodeURIComponent(name)}&url=${encodeURIComponent(url)}`;
