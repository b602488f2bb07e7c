import { describe, expect, it } from 'vitest';
import { accountNumber, accountOfArn } from './account-number.ts';

describe('an account number', () => {
  it.each([
    ['arn:aws:sts::111122223333:assumed-role/Admin/jo', '111122223333'],
    ['arn:aws-us-gov:iam::444455556666:role/team/Admin', '444455556666'],
    ['arn:aws:iam::aws:policy/AdministratorAccess', undefined],
    ['arn:aws:iam::111122223333', undefined],
    ['arn:aws:s3:eu-west-1:111122223333:bucket', undefined],
    ['see arn:aws:iam::111122223333:role/Admin', undefined],
    ['', undefined],
  ])('in %j is %s', (arn, account) => {
    expect(accountOfArn(arn)).toBe(account);
  });

  it('is written in groups of four', () => {
    expect(accountNumber('111122223333')).toBe('1111-2222-3333');
  });

  it.each(['', '1111', '1111222233334', 'x111122223333'])('stays as it is when it is none: %j', (id) => {
    expect(accountNumber(id)).toBe(id);
  });
});
