import { expect, it } from 'vitest';
import { mayOnlyRead } from './agents.ts';

const wanted = { ROLEFERRY_AGENTS: 'read-only' };

it.each([
  'AI_AGENT',
  'CLAUDECODE',
  'CODEX_SANDBOX',
  'CURSOR_AGENT',
  'GEMINI_CLI',
  'GOOSE_TERMINAL',
  'ROLEFERRY_AGENT',
])('knows an agent by %s', (name) => {
  expect(mayOnlyRead({ ...wanted, [name]: '1' })).toBe(true);
});

it('knows agents by what the user names', () => {
  const env = { ...wanted, ROLEFERRY_AGENT_MARKS: 'OUR_BOT, THEIR_BOT' };
  expect(mayOnlyRead({ ...env, THEIR_BOT: 'x' })).toBe(true);
  expect(mayOnlyRead(env)).toBe(false);
});

it.each<[string, NodeJS.ProcessEnv]>([
  ['nobody wants it', { CLAUDECODE: '1' }],
  ['what wants it is empty', { ROLEFERRY_AGENTS: '', CLAUDECODE: '1' }],
  ['nothing marks an agent', wanted],
  ['the mark is empty', { ...wanted, CLAUDECODE: '' }],
])('limits nobody where %s', (_, env) => {
  expect(mayOnlyRead(env)).toBe(false);
});

it('limits agents also with a value that is none', () => {
  expect(mayOnlyRead({ ROLEFERRY_AGENTS: 'readonly', CLAUDECODE: '1' })).toBe(true);
});
