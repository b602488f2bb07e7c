import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frame, HostProcess } from '../fixtures/host-process.ts';
import { makeScratchHome } from '../rehearsal/scratch-home.ts';
import { manyProfiles, update } from './editing.ts';
import type { Row } from './row.ts';

const hostFile = fileURLToPath(new URL('../../dist/node/native-host.cjs', import.meta.url));

/** What the host holds at rest, with a large file, and after thousands of deliveries. */
export const hostMemory: Row = {
  name: 'host-memory',
  async *measure() {
    const home = await makeScratchHome();
    const host = new HostProcess({ command: [process.execPath, hostFile], home: home.path });
    const empty = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { env: home.env });
    try {
      let asked = 0;
      const ask = async (type: string, more: object = {}) => {
        await host.send(frame({ version: 1, id: String(asked++), type, ...more }));
        const answer = (await host.next()) as { ok?: boolean };
        if (answer.ok !== true) throw new Error(`the host answered ${JSON.stringify(answer)}`);
      };
      await ask('hello');
      const against = 'node with nothing to do';
      const bare = megabytes(empty.pid);
      yield {
        what: 'memory of the host at rest',
        against,
        figures: { host: megabytes(host.pid), node: bare },
      };
      const deliver = async (deliveries: number) => {
        for (let time = 0; time < deliveries; time++) {
          await ask('write-profiles', { profiles: [update('profile-7', time)] });
        }
      };
      await deliver(100);
      const early = megabytes(host.pid);
      await deliver(900);
      const later = megabytes(host.pid);
      await deliver(4_000);
      yield {
        what: 'memory of the host over many deliveries',
        against: 'itself after the first 100',
        figures: { 'after 100': early, 'after 1,000': later, 'after 5,000': megabytes(host.pid) },
      };
      writeFileSync(home.credentialsFile, manyProfiles(10_000), { mode: 0o600 });
      await deliver(5);
      yield {
        what: 'memory of the host with 10,000 profiles',
        against,
        figures: { host: megabytes(host.pid), node: bare },
      };
    } finally {
      empty.stdin.end();
      await once(empty, 'close');
      await host.end();
      await home.close();
    }
  },
};

/** What a process has in memory. */
const megabytes = (pid: number | undefined) => {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(join('/proc', String(pid), 'status'), 'utf8'))?.[1];
  return `${Math.round(Number(kilobytes) / 1024)} MB`;
};
