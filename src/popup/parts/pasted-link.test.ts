import { expect, it, vi } from 'vitest';
import { account, aLogin, aRole } from '../../../test/fixtures/popup-roles.ts';
import { aBinding, aView } from '../../../test/screenshots/a-view.ts';
import { entriesOf, subjectOf } from './entries.ts';
import { isAddress, thoseFor } from './pasted-link.tsx';

vi.mock('../../webext/browser.ts', () => ({ browser: {} }));

const other = '444455556666';
const china = aBinding(account, 'China', 'china');
const view = aView({
  logins: [
    aLogin('1', [aRole('Fetched', 'saved'), aRole('Open', 'saved')], {
      seenAt: Date.now(),
      consoleRoleArn: aBinding(account, 'Open', '').roleArn,
    }),
  ],
  bindings: [
    aBinding(other, 'Rests', 'rests'),
    { ...china, roleArn: china.roleArn.replace('arn:aws:', 'arn:aws-cn:') },
  ],
});

const meant = (accountId?: string, partition = 'aws') => {
  const page = { url: '', partition, ...(accountId !== undefined && { accountId }) };
  return thoseFor(page, entriesOf(view, new Set()), view).map((entry) => subjectOf(entry).profile);
};

it('a page opens with roles of the account that it names, first with the one that the console is open with', () => {
  expect(meant(account)).toEqual(['open', 'fetched']);
  expect(meant(other)).toEqual(['rests']);
});

it('a page opens with any role of its partition where it names no account, and with none of another account or partition', () => {
  expect(meant()).toEqual(['open', 'fetched', 'rests']);
  expect(meant('999999999999')).toEqual([]);
  expect(meant(account, 'aws-cn')).toEqual(['china']);
  expect(meant(undefined, 'aws-us-gov')).toEqual([]);
});

it.each([
  ['https://evil.example/', true],
  [' http://console.aws.amazon.com', true],
  ['javascript://x', true],
  ['prod', false],
  ['a: b', false],
])('“%s” is an address or not', (search, isOne) => {
  expect(isAddress(search)).toBe(isOne);
});
