import { expect, it } from 'vitest';
import { type FailureCode, failureCodes, failureParams } from '../../failure-codes.ts';
import { wordsOf } from '../../failure-words.ts';
import { english } from './english.ts';
import { german } from './german.ts';

const paramsOf = (code: FailureCode) =>
  Object.fromEntries(
    Object.entries(failureParams[code] as Record<string, { type: string; wrapped?: unknown }>)
      .filter(([, schema]) => schema.wrapped === undefined)
      .map(([name, { type }]) => [name, type === 'number' ? 47 : `<${name}>`]),
  );

it.each(failureCodes)('%s has words with no gap left open, in each language', (code) => {
  const params = paramsOf(code);
  for (const language of [english, german]) {
    const { message, hint } = wordsOf({ code, params }, language);
    expect(message).not.toBe('');
    expect(hint).not.toBe('');
    expect(message + hint).not.toContain('undefined');
  }
});

it('says in German what the popup says most', () => {
  const { message, hint } = wordsOf({ code: 'host-not-installed', command: 'npx roleferry install' }, german);
  expect(message).toContain('nicht installiert');
  expect(hint).toBe('Installieren Sie ihn:');
});
