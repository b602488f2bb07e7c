import { describe, expect, it } from 'vitest';
import { failure, isFailureCode } from './failure.ts';

describe('a failure', () => {
  it('is plain data: its code, what went wrong, and what to do next', () => {
    const made = failure('profile-not-found', { profile: 'dev' });
    expect(made).toEqual({
      code: 'profile-not-found',
      message: 'There is no profile dev in the credentials file.',
      hint: 'See which there are with: roleferry list',
    });
    expect(structuredClone(made)).toEqual(made);
  });

  it('shows that a role has an empty name', () => {
    const { message } = failure('role-not-in-assertion', { roleArn: '' });
    expect(message).toBe("The role '' is not in the assertion.");
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
