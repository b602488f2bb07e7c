import { expect, test } from 'vitest';
import { errorCode, isNoSpace, readFailure, reasonOf, writeFailure } from './fs-failure.ts';

const error = (code: unknown) => Object.assign(new Error('as the system says it'), { code });

test.each([
  ['EACCES', 'permission'],
  ['EPERM', 'permission'],
  ['EROFS', 'read-only-system'],
  ['EISDIR', 'folder'],
  ['ENAMETOOLONG', 'name-too-long'],
  ['ENFILE', 'open-files'],
  ['EXDEV', { is: 'system', code: 'EXDEV' }],
])('the reason of %s is %j', (code, reason) => {
  expect(reasonOf(error(code))).toEqual(reason);
});

test.each([error(undefined), error(7), new Error('none'), { code: 'EACCES' }, 'EACCES', undefined, null])(
  'what has no code of the system gives no reason: %s',
  (thrown) => {
    expect(errorCode(thrown)).toBeUndefined();
    expect(reasonOf(thrown)).toBe('unclear');
    expect(isNoSpace(thrown)).toBe(false);
  },
);

test('a file that cannot be read is told with the reason', () => {
  expect(readFailure('F', error('EIO'))).toMatchObject({
    code: 'file-unreadable',
    params: { file: 'F', reason: 'disk' },
  });
});

test('a full disk, or a share of it that is used up, is told as such, and anything else with its reason', () => {
  for (const code of ['ENOSPC', 'EDQUOT']) {
    expect(writeFailure('F', error(code))).toMatchObject({ code: 'file-no-space', params: { file: 'F' } });
  }
  expect(writeFailure('F', error('EROFS'))).toMatchObject({
    code: 'file-not-writable',
    params: { file: 'F', reason: 'read-only-system' },
  });
});
