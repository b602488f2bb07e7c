import { describe, expect, it } from 'vitest';
import { anyFailure, choicesOf } from '../../../../test/fixtures/any-failure.ts';
import type { Failure } from '../../failure.ts';
import { type FailureCode, failureCodes } from '../../failure-codes.ts';
import { wordsWithCommand } from '../../failure-words.ts';
import { english } from './english.ts';
import { german } from './german.ts';

const languages = { English: english, German: german };

/** Parameters that the words leave out, and why. */
const untold: {
  [L in keyof typeof languages | 'both']: Partial<Record<FailureCode, Record<string, string>>>;
} = {
  both: {
    'profile-name-invalid': { character: 'only some reasons have it', known: 'only one reason has it' },
    'policy-forbids': { named: 'not of sessions', most: 'only of sessions', minutes: 'only of sessions' },
    'sts-unreachable': { proxy: 'only the first of two likely causes is told' },
    'message-invalid': { unknown: 'tells the extension that the host is older' },
  },
  English: {},
  German: {
    'sts-unreachable': { proxy: 'only terminals know it', bundle: 'only terminals know it' },
    'source-credentials-missing': { profile: 'only terminals know it' },
    'profile-long-lived': { option: 'only terminals have options' },
    'sts-endpoint-unclear': { settings: 'only terminals heed these settings' },
  },
};

describe.each(['English', 'German'] as const)('in %s', (name) => {
  const language = languages[name];
  const told = (failure: Failure) => {
    const { message, hint } = wordsWithCommand(failure, language);
    return `${message} ${hint}`;
  };

  it.each(failureCodes)('%s has words with no gap left open', (code) => {
    const { message, hint } = wordsWithCommand(anyFailure(code), language);
    expect(message).not.toBe('');
    expect(hint).not.toBe('');
    for (const all of [false, true]) {
      expect(told(anyFailure(code, all))).not.toMatch(/undefined|NaN|null|\[object/);
    }
  });

  it.each(failureCodes)('%s tells all that is known of it', (code) => {
    const reasons = { ...untold.both[code], ...untold[name][code] };
    const chosen = Object.fromEntries(choicesOf(code));
    const failure = anyFailure(code, true);
    const left = Object.entries(failure.params ?? {})
      .filter(([param, value]) => !(param in chosen) && !told(failure).includes(String(value)))
      .map(([param]) => param);
    expect(left.sort()).toEqual(Object.keys(reasons).sort());
  });

  it.each(failureCodes.filter((code) => choicesOf(code).length > 0))(
    '%s has words of its own for each reason',
    (code) => {
      const failure = anyFailure(code, true);
      for (const [param, choices] of choicesOf(code)) {
        const texts = choices.map((choice) =>
          told({ ...failure, params: { ...failure.params, [param]: choice } }),
        );
        expect(new Set(texts).size).toBe(choices.length);
        expect(texts.join()).not.toContain('undefined');
      }
    },
  );
});
