import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { said } from '../../test/fixtures/said.ts';
import { type Failure, failure, isSameFailure, shortened } from './failure.ts';
import { isFailureCode } from './failure-codes.ts';
import { failureSchema } from './protocol/failure-schema.ts';

describe('a failure', () => {
  it('is plain data: its code, its parameters, and the command that helps', () => {
    const made = failure('profile-not-found', { profile: 'dev' });
    expect(made).toEqual({
      code: 'profile-not-found',
      params: { profile: 'dev' },
      command: 'roleferry list',
    });
    expect(structuredClone(made)).toEqual(made);
  });

  it('has nothing else where there is nothing else to say', () => {
    expect(Object.keys(failure('host-gone'))).toEqual(['code']);
  });

  it('quotes what its command is about for a shell', () => {
    const file = "/home/jo/it's $HOME";
    expect(failure('file-exposed', { file }).command).toBe(`chmod 600 '/home/jo/it'\\''s $HOME'`);
  });

  it('shows that a role has an empty name', () => {
    expect(said(failure('role-not-in-assertion', { roleArn: '' }))).toContain("The role '' is not");
  });

  it('is the same as another where code and parameters are', () => {
    const of = (profile: string) => failure('profile-not-found', { profile });
    expect(isSameFailure(of('dev'), of('dev'))).toBe(true);
    expect(isSameFailure(of('dev'), of('prod'))).toBe(false);
    expect(isSameFailure(of('dev'), failure('profile-no-credentials', { profile: 'dev' }))).toBe(false);
    expect(isSameFailure(of('dev'), undefined)).toBe(false);
    expect(isSameFailure(undefined, of('dev'))).toBe(false);
    expect(isSameFailure(undefined, undefined)).toBe(true);
  });

  it('of another version is the same as another where its words are', () => {
    const of = (message: string): Failure => ({ code: 'unexpected', message, hint: 'Do that.' });
    expect(isSameFailure(of('This.'), of('This.'))).toBe(true);
    expect(isSameFailure(of('This.'), of('That.'))).toBe(false);
  });

  it('can be shortened to what is fit to be kept, without AWS’s own words', () => {
    const long = { ...failure('sts-refused', { code: 'X', reason: 'a'.repeat(900) }), details: 'd' };
    expect(shortened(long, 300)).toEqual(failure('sts-refused', { code: 'X', reason: 'a'.repeat(300) }));
  });

  it.each(['sts-expired', 'unexpected'])('may have the code %s', (code) => {
    expect(isFailureCode(code)).toBe(true);
  });

  it.each(['', 'STS-EXPIRED', 'toString', '__proto__', 'constructor', 'no-such-code'])(
    'cannot have the code %j',
    (code) => {
      expect(isFailureCode(code)).toBe(false);
    },
  );
});

describe('a failure that another version made', () => {
  const words = { message: 'Something.', hint: 'Do that.' };
  const read = (given: unknown) => v.safeParse(failureSchema, given).output;

  it('loses its words where its code and parameters are known', () => {
    const made = failure('profile-not-found', { profile: 'dev' });
    expect(read({ ...made, ...words })).toEqual(made);
    expect(read({ code: 'host-gone', ...words })).toStrictEqual({ code: 'host-gone' });
    expect(read({ ...made, details: 'HTTP 403' })).toStrictEqual({ ...made, details: 'HTTP 403' });
  });

  it('keeps its words where its parameters are not there, of another kind, or of a kind to come', () => {
    expect(read({ code: 'profile-not-found', ...words })).toEqual({ code: 'profile-not-found', ...words });
    for (const params of [null, 'dev', {}, { profile: 7 }, { profile: { code: 'new' } }])
      expect(read({ code: 'profile-not-found', params, ...words })).toEqual({
        code: 'profile-not-found',
        params: {},
        ...words,
      });
  });

  it('keeps its words where its reason is an English text, of a list to come, or lacks what its words need', () => {
    const file = '/f';
    for (const reason of ['permission denied', 'of-the-future', { is: 'of-the-future' }, { is: 'system' }, 7])
      expect(read({ code: 'file-unreadable', params: { file, reason }, ...words })).toEqual({
        code: 'file-unreadable',
        params: {},
        ...words,
      });
  });

  it('loses its words where its reason is known, and what that has too much', () => {
    const made = failure('file-unreadable', { file: '/f', reason: { is: 'system', code: 'EX' } });
    const reason = { is: 'system', code: 'EX', more: 1 };
    expect(read({ code: 'file-unreadable', params: { file: '/f', reason }, ...words })).toEqual(made);
  });

  it('has a cause that is known too, and else its words', () => {
    const made = {
      ...failure('profile-settings-not-written', { profile: 'dev', settings: 'region = x' }),
      cause: failure('file-busy', { file: '/f' }),
    };
    expect(read({ ...made, ...words })).toEqual(made);
    for (const cause of [{ code: 'of-the-future' }, 'x', null, { code: 'file-busy' }])
      expect(read({ ...made, cause, ...words })).toMatchObject({ code: made.code, params: {}, ...words });
  });

  it('says the command of its words once', () => {
    expect(read({ code: 'of-the-future', command: 'x', ...words })).toEqual({ code: 'unexpected', ...words });
  });

  it.each(['of-the-future', '__proto__', 'toString', ''])(
    'is unexpected, in its own words, with the code %j',
    (code) => {
      expect(read({ code, params: { a: 1 }, ...words })).toEqual({ code: 'unexpected', ...words });
    },
  );

  it('is none where there is nothing to show of it', () => {
    expect(v.is(failureSchema, { code: 'of-the-future' })).toBe(false);
    expect(v.is(failureSchema, { code: 'profile-not-found', message: 'Something.' })).toBe(false);
    expect(v.is(failureSchema, { code: 'profile-not-found', hint: 'Do that.' })).toBe(false);
  });
});
