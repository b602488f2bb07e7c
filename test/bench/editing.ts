import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtModule } from './built-module.ts';
import type { Line, Row } from './row.ts';
import { sideBySide, timed } from './side-by-side.ts';

const against = 'raw read + write + fsync + rename';

type Writing = typeof import('../../src/credentials-file/write-profiles.ts');

/** One profile among many, and many profiles at once. Without goals: nobody notices milliseconds after a login. */
export const editing: Row = {
  name: 'editing',
  async *measure(rounds) {
    const { writeProfiles } = await builtModule<Writing>(
      new URL('../../src/credentials-file/write-profiles.ts', import.meta.url),
    );
    const folder = mkdtempSync(join(tmpdir(), 'roleferry-bench-'));
    try {
      for (const profiles of [10, 1_000, 10_000]) {
        const files = { credentialsFile: join(folder, `c-${profiles}`), configFile: join(folder, 'config') };
        writeFileSync(files.credentialsFile, manyProfiles(profiles), { mode: 0o600 });
        const raw = join(folder, `raw-${profiles}`);
        writeFileSync(raw, manyProfiles(profiles), { mode: 0o600 });
        let times = 0;
        const product = () =>
          timed(async () => {
            const written = await writeProfiles(files, [update(`profile-${profiles >> 1}`, times++)]);
            if (!written.ok || !written.value[0]?.ok) throw new Error('nothing was written');
          });
        const floor = () => timed(() => rawRewrite(raw));
        yield {
          what: `one profile of ${profiles.toLocaleString('en')}`,
          against,
          compared: await sideBySide(rounds, product, floor),
        };
      }
      yield await manyAtOnce(rounds, folder, writeProfiles);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** A person with many roles: all of them in one write, and their regions in a config file that has them already. */
async function manyAtOnce(
  rounds: number,
  folder: string,
  writeProfiles: Writing['writeProfiles'],
): Promise<Line> {
  const count = 500;
  const names = Array.from({ length: count }, (_, index) => `profile-${index}`);
  const files = {
    credentialsFile: join(folder, 'c-many'),
    configFile: join(folder, 'config-many'),
    cacheFolder: join(folder, 'cache'),
  };
  const content = manyProfiles(count);
  writeFileSync(files.credentialsFile, content, { mode: 0o600 });
  writeFileSync(
    files.configFile,
    names.map((name) => `[profile ${name}]\nregion = eu-west-1\noutput = json\n\n`).join(''),
  );
  const raw = join(folder, 'raw-many');
  writeFileSync(raw, content, { mode: 0o600 });
  let times = 0;
  const product = () =>
    timed(async () => {
      times++;
      const updates = names.map((name) => ({ ...update(name, times), region: 'eu-west-1' }));
      const written = await writeProfiles(files, updates);
      if (!written.ok || !written.value.every(({ ok }) => ok)) throw new Error('not all were written');
    });
  return {
    what: `${count} profiles at once, whose regions are in the config file`,
    against,
    compared: await sideBySide(rounds, product, () => timed(() => rawRewrite(raw))),
  };
}

/** Writes the same bytes again with synchronous calls: asynchronous ones take twice as long. */
export function rawRewrite(file: string): void {
  const bytes = readFileSync(file);
  const descriptor = openSync(`${file}.new`, 'w', 0o600);
  writeFileSync(descriptor, bytes);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(`${file}.new`, file);
}

export const manyProfiles = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `[profile-${index}]
aws_access_key_id = ASIAEXAMPLEEXAMPLE12
aws_secret_access_key = ${'s'.repeat(40)}
aws_session_token = ${'t'.repeat(400)}
x_security_token_expires = 2031-01-01T00:00:00Z
x_principal_arn = arn:aws:sts::111122223333:assumed-role/Developer/jo

`,
  ).join('');

export const update = (name: string, times: number) => ({
  name,
  credentials: {
    accessKeyId: `ASIAEXAMPLEEX${String(times).padStart(7, '0')}`,
    secretAccessKey: 's'.repeat(40),
    sessionToken: 't'.repeat(400),
    expiration: '2031-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo',
});
