import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FSWatcher, watch } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer';
import { startTokenIssuer, type TokenIssuer } from '../fixtures/token-issuer.ts';
import { type BrokerProgram, startBroker } from '../rehearsal/broker.ts';
import { launchChromium } from '../rehearsal/chromium.ts';
import { endNow } from '../rehearsal/end-now.ts';
import { freePort } from '../rehearsal/free-port.ts';
import type { OidcOptions, OidcProvider } from '../rehearsal/oidc-provider.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { type Keep, openInOrder } from './stage.ts';

const cli = fileURLToPath(new URL('../../dist/node/roleferry.cjs', import.meta.url));

/** A person with a browser, a broker, an identity provider, and an issuer of tokens for machines. */
export interface RequestStage {
  rehearsal: Rehearsal;
  provider: OidcProvider;
  /** The issuer of machines’ tokens. */
  machines: TokenIssuer;
  broker: BrokerProgram;
  browser: Browser;
  home: ScratchHome;
  redirectUri: string;
  /** Runs the CLI. What it has a browser open is opened in the real one, and `inBrowser` sees to the rest. */
  run(args: string[], inBrowser?: (address: string) => Promise<void>): Promise<Ran>;
  /** Starts it without a browser. */
  start(args: string[]): ChildProcess;
  close(): Promise<void>;
}

interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}

export interface RequestStageOptions {
  startProvider(options: OidcOptions): Promise<OidcProvider & { caCertificatePem?: string }>;
  /** What the broker has people ask the provider for. */
  scopes: string[];
  /** `false`: the browser has a window. */
  headless?: boolean;
}

/** Starts everything in a home folder of its own. A failure on the way leaves nothing behind. */
export const openRequestStage = (options: RequestStageOptions): Promise<RequestStage> =>
  openInOrder((keep, close) => setStage(options, keep, close));

async function setStage(
  { startProvider, scopes, headless = true }: RequestStageOptions,
  keep: Keep,
  close: () => Promise<void>,
): Promise<RequestStage> {
  const clientId = 'roleferry-cli';
  const rehearsal = keep(await startRehearsal());
  const machines = keep(await startTokenIssuer());
  const redirectPort = await freePort();
  const redirectUri = `http://127.0.0.1:${redirectPort}/callback`;
  const users = {
    alice: { email: 'alice@example.com', groups: ['staff', 'aws-dev'] },
    mallory: { email: 'mallory@example.com', groups: ['staff'] },
  };
  const provider = keep(await startProvider({ redirectUri, clientId, users }));
  const { caCertificatePem = rehearsal.caCertificatePem } = provider;
  const home = keep(await makeScratchHome(caCertificatePem));
  const caFile = join(home.path, 'authority.pem');
  await writeFile(caFile, caCertificatePem);
  const folder = join(home.path, 'broker');
  await mkdir(folder);
  const people = { issuer: provider.issuer, clientId, redirectPort, scopes };
  const broker = keep(
    await startBroker({ rehearsal, folder, people, machines: { issuer: machines.url }, caFile }),
  );
  const browser = keep(await launchChromium({ rehearsal, home, headless }));
  const start = (args: string[], more: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: home.path,
      env: { ...home.env, NODE_EXTRA_CA_CERTS: caFile, ...more },
    });
    keep({ close: () => endNow(child) });
    return child;
  };
  return {
    rehearsal,
    provider,
    machines,
    broker,
    browser,
    home,
    redirectUri,
    start,
    async run(args, inBrowser) {
      const opener = await makeOpener(home.path);
      try {
        const child = start(args, { BROWSER: opener.file });
        const closed = once(child, 'close');
        // A failure may come before the browser.
        const address = Promise.race([opener.address, closed.then(() => undefined)]);
        const [[status], stdout, stderr] = await Promise.all([
          closed,
          text(child.stdout),
          text(child.stderr),
          inBrowser && address.then((opened) => (opened === undefined ? undefined : inBrowser(opened))),
        ]);
        return { status, stdout, stderr };
      } finally {
        opener.close();
      }
    },
    close,
  };
}

/** A program that stands for the browser of BROWSER, and the address that it was given. */
async function makeOpener(
  folder: string,
): Promise<{ file: string; address: Promise<string>; close(): void }> {
  const opened = join(folder, 'opened');
  await mkdir(opened, { recursive: true });
  const address = join(opened, 'address');
  await writeFile(address, '');
  const file = join(folder, 'browser');
  await writeFile(file, `#!/bin/sh\nprintf %s "$1" > "${address}.new" && mv "${address}.new" "${address}"\n`);
  await chmod(file, 0o700);
  let watcher: FSWatcher | undefined;
  const come = new Promise<string>((resolve) => {
    watcher = watch(opened, async () => {
      // The home may just be being removed.
      const content = await readFile(address, 'utf8').catch(() => '');
      if (content !== '') resolve(content);
    });
  });
  return { file, address: come, close: () => watcher?.close() };
}
