import { describe, expect, it, vi } from 'vitest';
import { makeI18n } from '../../test/fixtures/i18n.ts';
import { failure } from '../core/failure.ts';

const fake = vi.hoisted(() => ({ language: 'en' }));
vi.mock('./browser.ts', () => ({
  browser: { i18n: { getMessage: (key: string) => makeI18n(fake.language).getMessage(key) } },
}));

const { failureCommand, failureText, failureWords } = await import('./failure-words.ts');

const called = "node '/home/jo/my tools/roleferry.cjs'";
const unreadable = failure('file-not-for-aws-cli', { file: '/f', reason: 'byte-order-mark' });
const policy = failure('machine-policy-invalid', { file: '/p', reason: 'not-json' });

describe('a failure on a page', () => {
  it('comes with the command of the copy that was installed', () => {
    expect(failureCommand(unreadable, called)).toBe(`${called} doctor`);
    expect(failureText(unreadable, called)).toMatch(/ node '\/home\/jo\/my tools\/roleferry\.cjs' doctor$/);
  });

  it.each(['en', 'de'])('names that command inside its hint too: %s', (language) => {
    fake.language = language;
    expect(failureWords(policy, called).hint).toContain(`${called} doctor`);
    fake.language = 'en';
  });

  it('leaves commands of other programs as they are', () => {
    expect(failureCommand(failure('file-exposed', { file: '/f' }), called)).toBe('chmod 600 /f');
  });

  it('names the command of the folder of the build where no host says how its copy is called', () => {
    const missing = failure('host-not-installed');
    expect(failureCommand(missing)).toBe('node dist/node/roleferry.cjs install');
    expect(failureText(missing)).toMatch(/ node dist\/node\/roleferry\.cjs install$/);
    expect(failureCommand(missing, undefined)).toBe('node dist/node/roleferry.cjs install');
  });

  it('has no command where none helps', () => {
    expect(failureCommand(failure('host-gone'), called)).toBeUndefined();
  });
});
