import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { awsFilesIn } from '../../../test/fixtures/aws-files.ts';
import { checkAgents } from './check-agents.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What doctor says with these profiles, each with its rights or with all. */
function said(profiles: Record<string, string>, env: NodeJS.ProcessEnv = { ROLEFERRY_AGENTS: 'read-only' }) {
  const files = awsFilesIn(folder);
  const sections = Object.entries(profiles).map(
    ([name, rights]) =>
      `[${name}]\naws_access_key_id = ASIAEXAMPLEEXAMPLE12\naws_secret_access_key = s\naws_session_token = t\n${rights}\n`,
  );
  writeFileSync(files.credentialsFile, sections.join(''));
  return checkAgents(files, env);
}

const readOnly = 'x_session_policy = read-only';

it('says nothing of coding agents while nothing limits them', async () => {
  expect(await said({ dev: '', look: readOnly }, {})).toEqual([]);
});

it('names what they still get', async () => {
  expect(await said({ dev: '', look: readOnly })).toMatchObject([
    { level: 'ok', message: expect.stringMatching(/\(ROLEFERRY_AGENTS\): look$/) },
  ]);
  expect(await said({ audit: 'x_session_policy = security-audit', look: readOnly })).toMatchObject([
    { message: expect.stringMatching(/: audit and 1 more$/) },
  ]);
});

it('warns where they get nothing: full profiles and those with a policy of another kind do not count', async () => {
  expect(await said({ dev: '', s3: 'x_session_policy = policy' })).toMatchObject([
    {
      level: 'warning',
      message: 'ROLEFERRY_AGENTS keeps coding agents from every profile: there is none that may only read',
      remedy: expect.stringContaining('popup'),
    },
  ]);
});
