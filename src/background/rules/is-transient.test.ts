import { expect, it } from 'vitest';
import { failure } from '../../core/failure.ts';
import { isPolicyMissing, isTransient } from './is-transient.ts';

it('what network, AWS or a file in use refused may go well in a minute', () => {
  expect(isTransient(failure('sts-throttled'))).toBe(true);
  expect(isTransient(failure('file-busy', { file: 'F' }))).toBe(true);
  expect(isTransient(failure('sts-expired'))).toBe(false);
});

it('a policy is missing where it is awaited or cannot be read, and not where nothing was refused', () => {
  expect(isPolicyMissing(failure('policy-awaited'))).toBe(true);
  expect(isPolicyMissing(failure('policy-invalid', { where: 'not-an-object' }))).toBe(true);
  expect(isPolicyMissing(failure('policy-no-profiles'))).toBe(false);
  expect(isPolicyMissing(undefined)).toBe(false);
});
