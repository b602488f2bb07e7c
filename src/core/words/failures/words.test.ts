import { describe, expect, it } from 'vitest';
import { anyFailure, reasonsOf, withEachReason } from '../../../../test/fixtures/any-failure.ts';
import { type Failure, failure } from '../../failure.ts';
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
    'console-refused': { isRole: 'said in words' },
    'sts-unreachable': {
      bundle: 'told of a certificate that is not trusted',
      idleProxy: 'only the likeliest cause is told',
    },
    'proxy-login-needed': { sent: 'said in words' },
    'profile-bound-elsewhere': { newIssuer: 'said in words' },
  },
  English: {},
  German: {
    'sts-unreachable': { proxy: 'only terminals know it' },
    'source-credentials-missing': { profile: 'only terminals know it' },
    'profile-long-lived': { option: 'only terminals have options' },
    'sts-endpoint-unclear': { settings: 'only terminals heed these settings' },
  },
};

/** Parameters of reasons that the words leave out, and why. */
const untoldOfReasons: { [L in keyof typeof languages]: Record<string, string> } = {
  English: {},
  German: { parser: 'the parser speaks English' },
};

const isReason = (value: unknown): value is { is: string } => typeof value === 'object';

it('each language has words for the same codes', () => {
  for (const language of [english, german]) {
    expect(Object.keys(language).sort()).toEqual([...failureCodes].sort());
  }
});

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
    for (const failure of [anyFailure(code), ...withEachReason(code)]) {
      expect(told(failure)).not.toMatch(/undefined|NaN|null|\[object|: \.|=>/);
    }
  });

  it.each(failureCodes)('%s tells all that is known of it', (code) => {
    const reasons = { ...untold.both[code], ...untold[name][code] };
    const named = reasonsOf(code).map(([param]) => param);
    const failure = anyFailure(code, true);
    const left = Object.entries(failure.params ?? {})
      .filter(([param, value]) => !named.includes(param) && !told(failure).includes(String(value)))
      .map(([param]) => param);
    expect(left.sort()).toEqual(Object.keys(reasons).sort());
  });

  it.each(failureCodes.filter((code) => reasonsOf(code).length > 0))(
    '%s has words of its own for each reason, with all that is known of it',
    (code) => {
      for (const [param, reasons] of reasonsOf(code)) {
        const failure = anyFailure(code, true);
        const texts = reasons.map((reason) =>
          told({ ...failure, params: { ...failure.params, [param]: reason } }),
        );
        expect(new Set(texts).size).toBe(reasons.length);
        for (const [index, reason] of reasons.entries()) {
          if (!isReason(reason)) continue;
          const { is: _, ...known } = reason;
          const left = Object.entries(known).filter(([, value]) => !texts[index]?.includes(String(value)));
          expect(left.map(([key]) => key).filter((key) => !(key in untoldOfReasons[name]))).toEqual([]);
        }
      }
    },
  );

  it('a policy that is named twice is said to be only that', () => {
    const twice = failure('session-policy-arn', { arn: 'arn:aws:iam::aws:policy/X', reason: 'twice' });
    expect(told(twice)).not.toMatch(/cannot narrow|nicht einschränken/);
  });

  it('a failure says why when another one is its cause', () => {
    const cause = failure('file-no-space', { file: '/f' });
    const settings = failure('profile-settings-not-written', { profile: 'dev', settings: 'region = x' });
    expect(told({ ...settings, cause })).toContain(wordsWithCommand(cause, language).message);
  });
});
