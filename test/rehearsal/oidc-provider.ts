import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer';
import { endNow } from './end-now.ts';

export interface OidcOptions {
  /** Where it sends the browser of this client after a login. */
  redirectUri: string;
  clientId: string;
  /** What it says of people in ID tokens, beside `sub`, by their names. */
  users: Record<string, Record<string, unknown>>;
}

/** A real identity provider for OpenID Connect. */
export interface OidcProvider {
  issuer: string;
  /** Logs in on its page, which `page` shows, and waits until the browser has left it. */
  logIn(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts oidc-provider, which is certified by the OpenID Foundation, on loopback without TLS. */
export async function startOidcProvider(options: OidcOptions): Promise<OidcProvider> {
  const program = fileURLToPath(new URL('oidc-provider-main.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {},
  });
  return { issuer: await addressOf(child), logIn, close: () => endNow(child) };
}

async function logIn(page: Page, name: string): Promise<void> {
  await page.waitForSelector('[name=login]');
  await page.type('[name=login]', name);
  await page.type('[name=password]', 'any');
  await Promise.all([page.waitForNavigation(), page.click('[type=submit]')]);
  // It asks once whether the program may know who this is.
  await Promise.all([page.waitForNavigation(), page.click('[type=submit]')]);
}

function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve);
    child.once('exit', () => reject(new Error(`oidc-provider did not start: ${said}`)));
  });
}
