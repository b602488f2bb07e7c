import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../src/core/failure.ts';
import { wordsOf } from '../../src/core/failure-words.ts';
import { answerEnvelopeSchema, answerSchemas } from '../../src/core/protocol/answers.ts';
import type { RequestType } from '../../src/core/protocol/requests.ts';
import { english } from '../../src/core/words/failures/english.ts';
import { german } from '../../src/core/words/failures/german.ts';
import { frame, HostProcess } from '../fixtures/host-process.ts';

// Today's host and the one of an early 0.1.0 (test/fixtures/build-af74bc4.md), each asked as the other version's
// extension asks. With real browsers: test/acceptance/versions.test.ts.
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const hosts = { today: path('../../dist/node/native-host.cjs'), early: '' };
let unpacked: string;
let home: string;
let credentialsFile: string;

beforeAll(() => {
  unpacked = mkdtempSync(join(tmpdir(), 'roleferry-early-'));
  execFileSync('tar', ['-xzf', path('../fixtures/build-af74bc4.tar.gz'), '-C', unpacked]);
  hosts.early = join(unpacked, 'native-host.mjs');
});
afterAll(() => rmSync(unpacked, { recursive: true }));
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-home-'));
  mkdirSync(join(home, '.aws'));
  credentialsFile = join(home, '.aws', 'credentials');
});
afterEach(() => rmSync(home, { recursive: true }));

async function ask(host: keyof typeof hosts, type: string, more: object = {}, version = 1): Promise<unknown> {
  const running = new HostProcess({ command: [process.execPath, hosts[host]], home });
  await running.send(frame({ version, id: '1', type, ...more }));
  const answer = await running.next();
  await running.end();
  return answer;
}

const write = {
  profiles: [
    {
      name: 'dev',
      credentials: {
        accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
        secretAccessKey: 'secret',
        sessionToken: 'token',
        expiration: '2100-01-01T00:00:00Z',
      },
      principalArn: 'arn:aws:sts::111122223333:assumed-role/Dev/jo',
    },
  ],
};
const longLived = '[dev]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = x\n';

describe('an early host answers what today’s extension', () => {
  const read = async (type: RequestType, more: object = {}) => {
    const answer = v.parse(answerEnvelopeSchema, await ask('early', type, more));
    if (!answer.ok) return answer.failure;
    return v.parse(answerSchemas[type], answer.value);
  };

  it('takes for a host that is there, and that writes and lists profiles', async () => {
    expect(await read('hello')).toMatchObject({ credentialsFile });
    expect(await read('write-profiles', write)).toMatchObject({ profiles: [{ name: 'dev', ok: true }] });
    expect(readFileSync(credentialsFile, 'utf8')).toContain('aws_access_key_id = ASIAEXAMPLEEXAMPLE12');
    expect(await read('list-profiles')).toMatchObject({ profiles: [{ name: 'dev', kind: 'temporary' }] });
  });

  it('tells from a newer one where it does not know a request: by parameters that are not there', async () => {
    const failure = await read('remove-profile', { name: 'dev' });
    expect(failure).toMatchObject({ code: 'message-invalid', message: expect.any(String) });
    expect(failure).not.toHaveProperty('params');
  });

  it('shows whole in its words, in either language, where it refuses', async () => {
    writeFileSync(credentialsFile, longLived);
    const answer = (await read('write-profiles', write)) as { profiles: { failure: Failure }[] };
    const failure = answer.profiles[0]?.failure as Failure;
    expect(failure.code).toBe('profile-long-lived');
    expect(wordsOf(failure, german)).toEqual(wordsOf(failure, english));
    expect(wordsOf(failure, german).message).toContain('long-lived');
    expect(readFileSync(credentialsFile, 'utf8')).toBe(longLived);
  });
});

describe('today’s host answers what an early extension', () => {
  /** As it read them; it ignored what it did not know. */
  const text = v.pipe(v.string(), v.maxLength(4096));
  const failure = v.object({ code: v.string(), message: text, hint: text });
  const outcome = v.variant('ok', [
    v.object({ name: v.string(), ok: v.literal(true) }),
    v.object({ name: v.string(), ok: v.literal(false), failure }),
  ]);
  const values = {
    hello: v.object({ hostVersion: v.string(), credentialsFile: v.string() }),
    'write-profiles': v.object({ credentialsFile: v.string(), profiles: v.array(outcome) }),
    'list-profiles': v.object({
      credentialsFile: v.string(),
      profiles: v.array(
        v.object({
          name: v.string(),
          kind: v.picklist(['temporary', 'long-lived', 'process', 'sso', 'role', 'other']),
          expiration: v.exactOptional(v.string()),
          principalArn: v.exactOptional(v.string()),
        }),
      ),
    }),
  };
  const envelope = v.variant('ok', [
    v.object({ version: v.number(), id: v.string(), ok: v.literal(true), value: v.unknown() }),
    v.object({ version: v.number(), id: v.string(), ok: v.literal(false), failure }),
  ]);
  const read = async (type: keyof typeof values, more: object = {}, version = 1) => {
    const answer = v.parse(envelope, await ask('today', type, more, version));
    return answer.ok ? v.parse(values[type], answer.value) : answer.failure;
  };

  it('takes for a host that is there, and that writes and lists profiles', async () => {
    expect(await read('hello')).toMatchObject({ credentialsFile });
    expect(await read('write-profiles', write)).toMatchObject({ profiles: [{ name: 'dev', ok: true }] });
    expect(readFileSync(credentialsFile, 'utf8')).toContain('aws_access_key_id = ASIAEXAMPLEEXAMPLE12');
    expect(await read('list-profiles')).toMatchObject({ profiles: [{ name: 'dev', kind: 'temporary' }] });
  });

  it.each<[string, string, RegExp]>([
    ['long-lived keys', longLived, /long-lived access key.*allow it to be replaced/],
    ['a line that nobody understands', '[dev\n', /line 1 .*no closing bracket.*Fix that line/],
  ])('can show where %s are in the way: the reason is in the words', async (_, content, words) => {
    writeFileSync(credentialsFile, content);
    const answer = JSON.stringify(await read('write-profiles', write));
    expect(answer).toMatch(words);
    expect(readFileSync(credentialsFile, 'utf8')).toBe(content);
  });

  it('can show where it speaks another protocol', async () => {
    expect(await read('hello', {}, 2)).toMatchObject({ code: 'message-version', hint: expect.any(String) });
  });
});
