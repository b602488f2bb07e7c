import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FSWatcher, watch } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer';
import { type BrokerProgram, startBroker } from '../rehearsal/broker.ts';
import { launchChromium } from '../rehearsal/chromium.ts';
import { freePort } from '../rehearsal/free-port.ts';
import type { OidcOptions, OidcProvider } from '../rehearsal/oidc-provider.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';

const cli = fileURLToPath(new URL('../../dist/node/roleferry.mjs', import.meta.url));

/** A person with a browser, a broker, and an identity provider. */
export interface RequestStage {
  rehearsal: Rehearsal;
  provider: OidcProvider;
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

export async function openRequestStage(
  startProvider: (options: OidcOptions) => Promise<OidcProvider & { caCertificatePem?: string }>,
  scopes: string[],
): Promise<RequestStage> {
  const clientId = 'roleferry-cli';
  const [rehearsal, redirectPort] = await Promise.all([startRehearsal(), freePort()]);
  const redirectUri = `http://127.0.0.1:${redirectPort}/callback`;
  const users = {
    alice: { email: 'alice@example.com', groups: ['staff', 'aws-dev'] },
    mallory: { email: 'mallory@example.com', groups: ['staff'] },
  };
  const provider = await startProvider({ redirectUri, clientId, users });
  const { caCertificatePem = rehearsal.caCertificatePem } = provider;
  const home = await makeScratchHome(caCertificatePem);
  const caFile = join(home.path, 'authority.pem');
  await writeFile(caFile, caCertificatePem);
  const folder = join(home.path, 'broker');
  await mkdir(folder);
  const people = { issuer: provider.issuer, clientId, redirectPort, scopes };
  const [broker, browser] = await Promise.all([
    startBroker({ rehearsal, folder, people, caFile }),
    launchChromium({ rehearsal, home }),
  ]);
  const start = (args: string[], more: Record<string, string> = {}) =>
    spawn(process.execPath, [cli, ...args], {
      cwd: home.path,
      env: { ...home.env, NODE_EXTRA_CA_CERTS: caFile, ...more },
    });
  return {
    rehearsal,
    provider,
    broker,
    browser,
    home,
    redirectUri,
    start,
    async run(args, inBrowser) {
      const opener = await makeOpener(home.path);
      const child = start(args, { BROWSER: opener.file });
      const [[status], stdout, stderr] = await Promise.all([
        once(child, 'close'),
        text(child.stdout),
        text(child.stderr),
        inBrowser && opener.address.then(inBrowser),
      ]);
      opener.close();
      return { status, stdout, stderr };
    },
    async close() {
      await Promise.all([browser.close(), broker.close(), provider.close(), rehearsal.close()]);
      await home.close();
    },
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
      const content = await readFile(address, 'utf8');
      if (content !== '') resolve(content);
    });
  });
  return { file, address: come, close: () => watcher?.close() };
}
