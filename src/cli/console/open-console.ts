import { setTimeout as pause } from 'node:timers/promises';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { openLink } from '../browser/open-link.ts';
import { oneTimePage } from './one-time-page.ts';

/** How long a browser may take to start and ask for the page; seconds. */
export const browserPatience = 120;

/** Which browser to open. */
export interface BrowserChoice {
  /** As in `BROWSER`; in place of that. */
  browser?: string;
  /** A container of Firefox, opened by the add-on “Open external links in a container”. */
  container?: string;
}

/**
 * Opens a login link of the console in the browser, and waits until the browser has taken it. No program gets
 * `link` as an argument, which other people on the machine could read. Failure: `console-not-opened`.
 */
export async function openConsole(
  link: string,
  { browser, container }: BrowserChoice,
  { env, platform }: { env: NodeJS.ProcessEnv; platform: NodeJS.Platform },
): Promise<Result<void>> {
  const page = await oneTimePage(link);
  if (!page.ok) return page;
  const { address, taken, close } = page.value;
  const program = browser ?? (container === undefined ? env.BROWSER : firefox(platform));
  const url = container === undefined ? address : containerLink(container, address);
  const ended = new AbortController();
  const late = pause(browserPatience * 1000, `no browser asked for it within ${browserPatience} s`, {
    signal: ended.signal,
  }).catch(() => 'it was not waited for');
  const opening = openLink(url, { env: { ...env, BROWSER: program }, platform });
  try {
    const obstacle = await Promise.race([
      taken.then(() => undefined),
      opening.then((opened) => (opened.ok ? taken.then(() => undefined) : reasonOf(opened.failure.params))),
      late,
    ]);
    return obstacle === undefined
      ? ok(undefined)
      : failed(failure('console-not-opened', { reason: obstacle }));
  } finally {
    ended.abort();
    close();
  }
}

const reasonOf = (params: object | undefined): string => String((params as { reason?: unknown })?.reason);

/** Where Firefox usually is. Linux has it in PATH. */
function firefox(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return '/usr/bin/open -a Firefox';
  return platform === 'win32' ? '"C:\\Program Files\\Mozilla Firefox\\firefox.exe"' : 'firefox';
}

/** The address that the add-on understands. It makes a container that isn't there. */
const containerLink = (name: string, url: string): string =>
  `ext+container:name=${encodeURIComponent(name)}&url=${encodeURIComponent(url)}`;
