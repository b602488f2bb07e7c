import type { Page } from 'puppeteer';
import { accountNumber } from '../../src/core/aws/account-number.ts';
import { failure } from '../../src/core/failure.ts';
import { accountColours } from '../../src/core/profile/account-names.ts';
import { ok } from '../../src/core/result.ts';
import type { ImportChange } from '../../src/webext/import-review.ts';
import type { TextKey } from '../../src/webext/text.ts';
import { aBinding, aSettledView, aView, longNames, okta } from './a-view.ts';
import type { Screen } from './screen.ts';

const managed = aSettledView({
  bindings: [{ ...aBinding('111122223333', 'ReadOnly', 'company-live'), fixed: true }],
  policy: {
    notes: [
      'Only these accounts are allowed: 1111-2222-3333, 4444-5555-6666.',
      'Profiles are named like {account}-{role}.',
      'Sessions last at most 4 h.',
      'Credentials are never saved to files.',
    ],
    mayCopy: true,
    mayWrite: false,
    mayImport: true,
    signInLinks: [
      { title: 'Company login', url: 'https://login.example.com/home/amazon_aws/0oa1fcia6d6/272' },
    ],
    fixed: ['profileNameTemplate', 'behaviour'],
    maxSessionDuration: 14_400,
  },
});

const numbers = Array.from({ length: 60 }, (_, index) => String(100_000_000_000 + index * 7_654_321));
const crowded = aSettledView({
  bindings: numbers.map((number, index) =>
    aBinding(number, index % 3 ? 'Developer' : 'Admin', `team-${index}`),
  ),
  settings: {
    ...aSettledView().settings,
    accounts: Object.fromEntries(
      numbers.map((number, index) => [
        number,
        { name: `Team ${index}`, colour: accountColours[index % accountColours.length] ?? 'none' },
      ]),
    ),
  },
});

const long = aSettledView({
  bindings: [{ ...aBinding('111122223333', longNames.role, longNames.profile), issuer: longNames.issuer }],
  chains: [
    {
      ...aBinding('222233334444', longNames.role, `${longNames.profile}2`),
      source: longNames.profile,
      state: 'waiting',
    },
  ],
  issuers: [longNames.issuer],
  settings: {
    ...aSettledView().settings,
    accounts: { '111122223333': { name: longNames.account, colour: 'red' } },
  },
  history: aSettledView().history.map((entry) => ({
    ...entry,
    ...(entry.roleName === undefined ? {} : { roleName: longNames.role }),
    ...(entry.profile === undefined ? {} : { profile: longNames.profile }),
    ...(entry.issuer === undefined ? {} : { issuer: longNames.issuer }),
  })),
});

const { host: _, ...hostless } = aView({ hostFailure: failure('host-not-installed') });

const withoutHost = aSettledView({
  history: aSettledView().history.map((entry) =>
    entry.failure === undefined ? entry : { ...entry, what: 'write', failure: failure('host-not-installed') },
  ),
});

/** Presses the button with this text, in the language of the page. */
const press =
  (key: TextKey, ...filledIn: string[]) =>
  async (page: Page) => {
    const name = await page.evaluate(`chrome.i18n.getMessage(...${JSON.stringify([key, filledIn])})`);
    await page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  };

/** Chooses a file of settings, and has the page show what it would change. */
const lookThroughFile = async (page: Page) => {
  await page.waitForSelector('#import-file');
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#import-file');
    const files = new DataTransfer();
    files.items.add(new File(['{}'], 'roleferry-settings.json'));
    if (input === null) return;
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  });
  await press('import_look')(page);
  await page.waitForSelector('.review, #import ~ [role=status], #import ~ .note');
};

const aChange = (
  change: Partial<ImportChange> & Pick<ImportChange, 'id' | 'group' | 'what'>,
): ImportChange => ({
  before: [],
  after: 'Developer in account 4444-5555-6666, via Okta (https://login.example.com/exk1fcia6d6EMsf331d8)',
  notes: [],
  alone: (change.before ?? []).length > 0,
  ...change,
});

const fileOfColleague = [
  aChange({
    id: 'b1',
    group: 'bindings',
    what: 'live',
    before: [`ReadOnly in account 1111-2222-3333, via Okta (${okta})`],
    after: 'Admin in account 9999-8888-7777, via Contractor (https://login.contractor.example/metadata)',
    notes: [
      'Account 9999-8888-7777 is new to this browser.',
      'This identity provider is new to this browser.',
    ],
  }),
  aChange({
    id: 'b2',
    group: 'bindings',
    what: 'default',
    notes: ['Already in your files, with long-lived keys'],
    alone: true,
  }),
  aChange({ id: 'b3', group: 'bindings', what: 'test' }),
  aChange({ id: 'b4', group: 'bindings', what: 'research' }),
  aChange({
    id: 'b5',
    group: 'bindings',
    what: 'billing',
    refusal: 'Your administrator does not allow account 7777-7777-7777.',
  }),
  aChange({
    id: 'c1',
    group: 'chains',
    what: 'test-deploy',
    after: 'Deploy in account 2222-3333-4444, assumed from the profile test',
    notes: ['Needs the profile test (see above).'],
    needs: 'b3',
  }),
  aChange({
    id: 'l1',
    group: 'links',
    what: okta,
    before: ['https://login.example.com/home/amazon_aws/0oa1fcia6d6/272'],
    after: 'https://login.contractor.example/aws',
    notes: ['Opens login.contractor.example, which is new to this browser.'],
  }),
  aChange({
    id: 's1',
    group: 'behaviour',
    what: 'Known logins',
    before: ['Ask first'],
    after: 'Save automatically',
  }),
  aChange({
    id: 'a1',
    group: 'accounts',
    what: '1111-2222-3333',
    before: ['“Shop live”, red'],
    after: '“Sandbox”, green',
  }),
  aChange({ id: 'a2', group: 'accounts', what: '2222-3333-4444', after: '“Tools”, blue' }),
  aChange({ id: 'r1', group: 'rest', what: 'Region', before: ['eu-central-1'], after: 'us-east-1' }),
];

const longChange = aChange({
  id: 'x1',
  group: 'bindings',
  what: longNames.profile,
  before: [`${longNames.role} in account 1111-2222-3333, via Okta (${longNames.issuer})`],
  after: `${longNames.role} in account 9999-8888-7777, via Okta (${longNames.issuer})`,
  notes: ['Account 9999-8888-7777 is new to this browser.'],
});

const manyChanges = numbers.map((number, index) =>
  aChange({
    id: `m${number}`,
    group: 'accounts',
    what: accountNumber(number),
    after: `“Team ${index}”, blue`,
  }),
);

/** Every state of the options. */
export const optionsScreens: Screen[] = (
  [
    { name: 'options-general', hash: '#general', view: aSettledView() },
    {
      name: 'options-general-problem',
      hash: '#general',
      view: aSettledView(),
      act: async (page) => {
        await page.locator('#template').fill('{team}');
        await page.waitForSelector('#template-problem:not(:empty)');
      },
    },
    { name: 'options-general-managed', hash: '#general', view: managed },
    { name: 'options-profiles-none', hash: '#profiles', view: aView() },
    { name: 'options-profiles', hash: '#profiles', view: aSettledView() },
    {
      name: 'options-profiles-on-demand',
      hash: '#profiles',
      view: aSettledView({
        bindings: [
          { ...aBinding('111122223333', 'Billing', 'billing'), onDemand: true },
          { ...aBinding('444455556666', 'Support', 'support'), onDemand: true, gone: true },
        ],
      }),
    },
    {
      name: 'options-profiles-removed',
      hash: '#profiles',
      view: aSettledView(),
      act: async (page) => {
        await press('options_removeNamed', 'live')(page);
        await page.waitForSelector('.notice-card');
      },
    },
    {
      name: 'options-profiles-refused',
      hash: '#profiles',
      view: aSettledView(),
      answers: {
        'remove-binding': { ok: false, failure: failure('unexpected', { where: 'extension' }) },
      },
      act: async (page) => {
        await press('options_removeNamed', 'live')(page);
        await page.waitForSelector('.notice [role=alert]');
      },
    },
    {
      name: 'options-profiles-search',
      hash: '#profiles',
      view: crowded,
      act: (page) => page.locator('.search input').fill('admin team 12'),
    },
    { name: 'options-profiles-many', hash: '#profiles', view: crowded },
    { name: 'options-profiles-managed', hash: '#profiles', view: managed },
    { name: 'options-profiles-long-names', hash: '#profiles', view: long },
    { name: 'options-accounts-none', hash: '#accounts', view: aView() },
    { name: 'options-accounts', hash: '#accounts', view: aSettledView() },
    {
      name: 'options-accounts-found',
      hash: '#accounts',
      view: aSettledView({
        namesOnPage: { read: true },
        accountOrigins: {
          '111122223333': { name: 'policy', colour: 'policy' },
          '444455556666': { name: 'page' },
          '777788889999': { name: 'config' },
        },
      }),
    },
    { name: 'options-accounts-long-names', hash: '#accounts', view: long },
    { name: 'options-providers-none', hash: '#identity-providers', view: aView() },
    { name: 'options-providers', hash: '#identity-providers', view: aSettledView() },
    {
      name: 'options-providers-forget',
      hash: '#identity-providers',
      view: aSettledView({ changingNames: [okta] }),
      act: press('options_forgetProviderNamed', 'login.example.com'),
    },
    { name: 'options-providers-long-names', hash: '#identity-providers', view: long },
    { name: 'options-providers-managed', hash: '#identity-providers', view: managed },
    { name: 'options-host', hash: '#host', view: aSettledView() },
    {
      name: 'options-host-missing',
      hash: '#host',
      view: hostless,
    },
    {
      name: 'options-host-fixed',
      hash: '#host',
      view: aView({
        host: { version: '0.1.0', credentialsFile: '/mnt/keys/credentials', fixedByEnvironment: true },
      }),
    },
    { name: 'options-administrator-none', hash: '#administrator', view: aView() },
    { name: 'options-administrator', hash: '#administrator', view: managed },
    {
      name: 'options-policy-broken',
      hash: '#administrator',
      view: aView({
        policy: {
          notes: [],
          mayCopy: false,
          mayWrite: false,
          mayImport: false,
          signInLinks: [],
          failure: failure('policy-invalid', { where: { is: 'entries', where: 'allowedAccounts' } }),
        },
      }),
    },
    { name: 'options-transfer', hash: '#transfer', view: aSettledView() },
    {
      name: 'options-import',
      hash: '#transfer',
      view: aSettledView(),
      answers: { 'review-import': ok({ changes: fileOfColleague }) },
      act: async (page) => {
        await lookThroughFile(page);
        await page.locator('#b3').click();
      },
    },
    {
      name: 'options-import-long-names',
      hash: '#transfer',
      view: aSettledView(),
      answers: {
        'review-import': ok({
          changes: [longChange, ...manyChanges],
          hostFailure: failure('host-not-installed'),
        }),
      },
      act: lookThroughFile,
    },
    {
      name: 'options-import-nothing',
      hash: '#transfer',
      view: aSettledView(),
      answers: { 'review-import': ok({ changes: [] }) },
      act: lookThroughFile,
    },
    {
      name: 'options-import-refused',
      hash: '#transfer',
      view: aSettledView(),
      answers: {
        'review-import': { ok: false, failure: failure('import-refused', { reason: 'not-json' }) },
      },
      act: lookThroughFile,
    },
    {
      name: 'options-import-forbidden',
      hash: '#transfer',
      view: aSettledView({ policy: { ...aSettledView().policy, mayImport: false } }),
    },
    { name: 'options-history-none', hash: '#history', view: aView() },
    { name: 'options-history', hash: '#history', view: aSettledView() },
    { name: 'options-history-host-missing', hash: '#history', view: withoutHost },
    { name: 'options-history-long-names', hash: '#history', view: long },
    {
      name: 'options-history-report',
      hash: '#history',
      view: aSettledView(),
      answers: { report: ok(`Roleferry 0.1.0\nissuer ${'x'.repeat(okta.length)}\nlogin done\n`) },
      act: async (page) => {
        await press('history_reportCopy')(page);
        await page.locator('details').click();
      },
    },
  ] satisfies Omit<Screen, 'page'>[]
).map((screen) => ({ ...screen, page: 'options' }));
