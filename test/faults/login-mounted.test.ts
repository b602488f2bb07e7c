import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Stage } from '../acceptance/cli-stage.ts';
import { bundle } from '../fixtures/bundle-host.ts';
import { skippedBecause } from '../needs.ts';
import { newFolder } from './build-writer.ts';

const canMount = spawnSync('unshare', ['-m', 'true']).status === 0;

describe.skipIf(skippedBecause(canMount ? undefined : 'no file can be mounted here'))(
  'a login whose credentials file is mounted by itself',
  () => {
    const mine = '# mine\n';
    let program: string;
    let stage: Stage;
    let outside: string;

    beforeAll(async () => {
      program = join(newFolder(), 'roleferry.cjs');
      await bundle(fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)), program);
      stage = await Stage.open([]);
    }, 60_000);

    afterAll(() => stage.close());

    beforeEach(() => {
      stage.clean();
      outside = join(newFolder(), 'mine');
      writeFileSync(outside, mine);
      writeFileSync(stage.home.credentialsFile, '');
    });

    /** Runs `roleferry saml` where the file is mounted over the credentials file with `options`. */
    function saml(options: string) {
      const script = `mount --bind "$1" "$2" && mount -o remount,bind,${options} "$2" && shift 2 && exec "$@"`;
      const inMount = ['unshare', '-m', 'sh', '-c', script, 'sh', outside, stage.home.credentialsFile];
      const mounted = new Stage(stage.rehearsal, stage.home, [...inMount, process.execPath, program, 'saml']);
      return mounted.run([], { input: stage.rehearsal.issueResponse({ user: 'alice' }) });
    }

    test('is written into it', async () => {
      expect(await saml('rw')).toMatchObject({ status: 0, stderr: '' });
      expect(readFileSync(outside, 'utf8')).toMatch(/^# mine\n\n\[sts\]\naws_access_key_id = ASIA/);
    });

    test('is not spent, and changes no config file, where it is mounted read-only', async () => {
      const { status, stderr } = await saml('ro');
      expect([status, stderr]).toEqual([1, expect.stringContaining('credentials cannot be written: ')]);
      expect(stage.rehearsal.requests).toEqual([]);
      expect(stage.contents()).toEqual({ credentials: '' });
      expect(readFileSync(outside, 'utf8')).toBe(mine);
    });
  },
);
