import type { Page } from 'puppeteer';
import type { Cause } from '../../src/core/cause.ts';
import { type Failure, failure } from '../../src/core/failure.ts';
import { ok } from '../../src/core/result.ts';
import { issuerNames } from '../../src/webext/issuer-names.ts';
import type { RoleView } from '../../src/webext/login-view.ts';
import type { BindingView, View } from '../../src/webext/view.ts';
import { aBinding, aView, longNames, okta } from './a-view.ts';
import { lesserScreens } from './popup-lesser.ts';
import {
  aLogin,
  aRole,
  chain,
  consoleRoleArn,
  failedChain,
  live,
  minute,
  open,
  play,
  saved,
  savedLive,
  savedPlay,
  savedStaging,
  staging,
  unnamed,
  working,
} from './popup-view.ts';
import type { Screen } from './screen.ts';
import { clock } from './show-screen.ts';

const keycloak = 'https://sso.example.com/realms/corp';

const withChoice = (roles: RoleView[], change: Partial<View> = {}) =>
  working({ logins: [aLogin(roles)], ...change });

const fewOffered = [
  aRole(live, 'Admin', { state: 'offered', profile: 'shop-live-admin' }),
  aRole(live, 'ReadOnly', { state: 'offered', profile: 'live', bound: true }),
  aRole(staging, 'Developer', { state: 'offered', profile: 'staging', bound: true }),
  aRole(unnamed, 'Auditor', { state: 'offered' }),
];

/** Two names in each of four accounts. */
const sameNames = [live, staging, play, unnamed].flatMap((account) =>
  ['Admin', 'ReadOnly'].map((roleName) => aRole(account, roleName, { state: 'offered' })),
);

/** As many roles as one assertion holds in a large company. */
export const manyOffered = Array.from({ length: 200 }, (_, index) => {
  const account = [live, staging, play, unnamed][index % 4] ?? unnamed;
  const roleName = `Team${String(Math.floor(index / 4)).padStart(2, '0')}-${['Admin', 'ReadOnly'][index % 2]}`;
  return aRole(account, roleName, { state: 'offered', profile: `${account}-${roleName.toLowerCase()}` });
});

const manyResults = Array.from({ length: 12 }, (_, index) => {
  const roleName = `Team${String(index).padStart(2, '0')}-Admin`;
  const account = [staging, play, unnamed][index % 3] ?? unnamed;
  const roleArn = `arn:aws:iam::${account}:role/${roleName}`;
  const profile = `team-${index}`;
  if (index === 2) {
    return aRole(account, roleName, {
      state: 'failed',
      failure: { ...failure('sts-access-denied', { roleArn }), details: 'AccessDenied: Not authorized' },
    });
  }
  if (index === 5) return aRole(account, roleName, { state: 'exchanging', profile });
  if (index === 7) {
    return aRole(account, roleName, {
      profile: 'ci',
      failure: failure('profile-long-lived', { profile: 'ci', found: 'long-lived-key' }),
    });
  }
  return aRole(account, roleName, { state: 'saved', profile });
});

const crowd = Array.from({ length: 24 }, (_, index) =>
  saved([live, staging, play, unnamed][index % 4] ?? unnamed, `Team${index}`, `team-${index}`, {
    endsAt: clock + (index + 2) * 9 * minute,
    startedAt: clock - 30 * minute,
  }),
);

/** A role for each of 240 profiles, in forty accounts. */
const hundreds = Array.from({ length: 240 }, (_, index) => {
  const account = [live, staging, play][index] ?? String(200_000_000_000 + (index % 40) * 1_000_001);
  const roleName =
    ['Admin', 'Billing', 'Deploy', 'Operator', 'ReadOnly', 'Support'][Math.floor(index / 40)] ?? '';
  return aRole(account, roleName, { state: 'offered' });
});

const onDemand = hundreds.map((role, index): BindingView => {
  const profile = `${role.accountId.slice(-4)}-${role.roleName.toLowerCase()}`;
  const used = index === 7 ? { profile: 'billing-of-october' } : {};
  return { ...aBinding(role.accountId, role.roleName, profile), onDemand: true, ...used };
});
const madeOfHundreds = aLogin(
  hundreds.map((role) => ({ ...role, bound: true, onDemand: true })),
  { open: true },
);

/** Sixty profiles in forty accounts, of which a person named a few. */
const sixty = Array.from({ length: 60 }, (_, index) => {
  const account = [live, staging, play][index] ?? String(200_000_000_000 + (index % 40) * 1_000_001);
  return aBinding(
    account,
    index < 40 ? 'Admin' : 'ReadOnly',
    `team${index % 40}-${index < 40 ? 'admin' : 'read'}`,
  );
});

// What is clicked is found in any language.
const tickAll = (page: Page) => page.locator('.tick-all input').click();
const nameIt = (name: string) => (page: Page) => page.locator('.profile-name input').fill(name);

/** A failure as it comes from AWS, with the likeliest cause. */
function refusedByAws(reason: Failure, cause: Cause): Failure {
  const { roleArn, providerArn } = aBinding(live, 'Admin', '');
  return {
    ...reason,
    details:
      'AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML\nHTTP 403\nrequest ID 51de7dff-3803-47db-b8a7-4430a295e699',
    refusal: { roleArn, providerArn, issuer: okta, host: 'sts.amazonaws.com', at: clock, cause },
  };
}

/** Every state of the popup. */
export const popupScreens: Screen[] = (
  [
    { name: 'popup-hundreds-offered', view: working({ logins: [aLogin(hundreds)] }) },
    {
      name: 'popup-names-offer',
      view: working({ logins: [aLogin(hundreds)], namesOnPage: { read: false, nameless: 37 } }),
    },
    {
      name: 'popup-hundreds-list',
      view: working({ logins: [aLogin(hundreds)] }),
      act: (page) => page.locator('.picker-head button').click(),
    },
    {
      name: 'popup-hundreds-made',
      before: working({ logins: [aLogin(hundreds)], bindings: [], chains: [] }),
      view: working({ logins: [madeOfHundreds], bindings: onDemand, chains: [] }),
      act: async (page) => {
        await page.waitForSelector('.on-demand-note');
      },
    },
    {
      name: 'popup-hundreds-gone',
      view: working({
        logins: [madeOfHundreds],
        bindings: onDemand.slice(0, 24).map((one, index) => ({
          ...one,
          ...(index % 8 === 3 ? { gone: true as const } : {}),
        })),
        chains: [],
      }),
    },
    {
      name: 'popup-hundreds-open-entry',
      view: working({ logins: [], bindings: onDemand.slice(0, 3), chains: [] }),
      act: open('Admin', live),
    },
    { name: 'popup-nothing-yet', view: aView() },
    {
      name: 'popup-first-run',
      view: aView({
        hostFailure: failure('host-not-installed'),
        firstRun: { hostInstalled: false, permissionGiven: false, loginSeen: false },
      }),
    },
    {
      name: 'popup-link-offer',
      view: aView({
        logins: [savedStaging],
        linkOffer: {
          issuer: okta,
          link: 'https://login.example.com/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn%3Aamazon%3Awebservices',
        },
      }),
    },
    {
      name: 'popup-link-offer-empty',
      view: working({ logins: [savedStaging], linkOffer: { issuer: okta, link: '' } }),
    },
    {
      name: 'popup-link-offer-form',
      view: working({
        logins: [{ ...savedStaging, issuer: keycloak }],
        bindings: [{ ...aBinding(staging, 'Developer', 'staging'), issuer: keycloak }],
        linkOffer: { issuer: keycloak, link: '' },
        issuerNames: issuerNames([keycloak], {}),
      }),
    },
    {
      name: 'popup-no-link',
      view: aView({ bindings: [aBinding(staging, 'Developer', 'staging')], issuers: [okta] }),
      act: open('Developer', staging),
    },
    { name: 'popup-not-logged-in', view: working() },
    {
      name: 'popup-commands',
      view: working({
        host: {
          version: '0.1.0',
          credentialsFile: '/home/jo/.aws/credentials',
          fixedByEnvironment: false,
          called: "node '/home/jo/my tools/roleferry/dist/node/roleferry.cjs'",
        },
        left: [{ profile: 'staging-old', isProcess: true }],
        logins: [
          saved(staging, 'Developer', 'staging', {
            warnings: [
              failure('file-not-for-aws-cli', {
                file: '/home/jo/.aws/credentials',
                reason: 'byte-order-mark',
              }),
            ],
          }),
        ],
      }),
    },
    { name: 'popup-paused', view: working({ paused: true }) },
    {
      name: 'popup-asking',
      view: working({ logins: [aLogin([aRole(staging, 'Auditor', { state: 'exchanging' })])] }),
    },
    {
      name: 'popup-new-login',
      view: working({ logins: [aLogin([aRole(staging, 'Auditor')]), savedLive, savedPlay] }),
    },
    {
      name: 'popup-first-save',
      view: aView({ logins: [aLogin([aRole(unnamed, 'Auditor')], { region: 'eu-central-1' })] }),
    },
    {
      name: 'popup-first-save-of-many',
      view: aView({ logins: [aLogin(sameNames)], regions: { default: 'eu-west-1' } }),
      act: tickAll,
    },
    { name: 'popup-new-login-red', view: working({ logins: [aLogin([aRole(live, 'Admin')]), savedPlay] }) },
    {
      name: 'popup-writing',
      view: working({ logins: [aLogin([aRole(staging, 'Auditor', { state: 'saving' })])] }),
    },
    {
      name: 'popup-at-work',
      view: working({ logins: [savedStaging, savedLive, savedPlay], chains: [chain] }),
    },
    {
      name: 'popup-open-entry',
      view: working({ logins: [savedStaging, savedLive], chains: [chain] }),
      act: open('Developer', staging),
    },
    ...lesserScreens,
    {
      name: 'popup-open-red',
      view: working({ logins: [savedLive, savedStaging] }),
      act: open('ReadOnly', live),
    },
    {
      name: 'popup-copied',
      view: working({ logins: [savedStaging, savedLive] }),
      answers: { 'env-vars': ok('export AWS_ACCESS_KEY_ID=ASIA…\n') },
      act: (page) => page.locator('.entry-actions button').click(),
    },
    {
      name: 'popup-copied-by-shortcut',
      view: working({ logins: [savedStaging, savedLive], copyNewest: true }),
      answers: { 'env-vars': ok('export AWS_ACCESS_KEY_ID=ASIA…\n') },
      act: async (page) => {
        await page.waitForSelector('.note');
      },
    },
    {
      name: 'popup-name-completed',
      view: working({ logins: [aLogin([aRole(staging, 'Auditor')])] }),
      act: async (page) => {
        await nameIt('')(page);
        await nameIt('st')(page);
        await page.keyboard.press('ArrowDown');
      },
    },
    {
      name: 'popup-name-taken-long-lived',
      view: working({ logins: [aLogin([aRole(staging, 'Auditor')])] }),
      act: nameIt('ci'),
    },
    {
      name: 'popup-name-taken-by-login',
      view: working({ logins: [aLogin([aRole(staging, 'Auditor')])] }),
      act: nameIt('live'),
    },
    {
      name: 'popup-name-wrong',
      view: working({ logins: [aLogin([aRole(staging, 'Auditor')])] }),
      act: nameIt('my profile'),
    },
    {
      name: 'popup-explicit-yes',
      view: working({
        logins: [
          aLogin([
            aRole(staging, 'Auditor', {
              profile: 'ci',
              failure: failure('profile-long-lived', { profile: 'ci', found: 'long-lived-key' }),
            }),
          ]),
        ],
      }),
    },
    {
      name: 'popup-other-name',
      view: working({
        logins: [
          aLogin(
            [
              aRole(staging, 'Developer', {
                profile: 'staging',
                sessionName: 'sam@example.com',
                expectedName: 'jo@example.com',
                failure: failure('session-name-changed', {
                  profile: 'staging',
                  known: 'jo@example.com',
                  given: 'sam@example.com',
                }),
              }),
            ],
            { sessionName: 'sam@example.com' },
          ),
          savedStaging,
        ],
      }),
    },
    {
      name: 'popup-other-names',
      view: working({
        logins: [
          aLogin(
            ['Developer', 'Auditor', 'Billing'].map((roleName) =>
              aRole(staging, roleName, {
                profile: `staging-${roleName.toLowerCase()}`,
                sessionName: 'sam@example.com',
                expectedName: 'jo@example.com',
                failure: failure('session-name-changed', {
                  profile: `staging-${roleName.toLowerCase()}`,
                  known: 'jo@example.com',
                  given: 'sam@example.com',
                }),
              }),
            ),
            { id: 'as sam', sessionName: 'sam@example.com' },
          ),
        ],
        nameQuestions: [
          {
            loginId: 'as sam',
            issuer: okta,
            known: 'jo@example.com',
            given: 'sam@example.com',
            profiles: ['staging-developer', 'staging-auditor', 'staging-billing'],
          },
        ],
      }),
      act: (page) => page.locator('.entry-title').click(),
    },
    {
      name: 'popup-refused',
      view: working({
        logins: [
          aLogin([
            aRole(live, 'Admin', {
              state: 'failed',
              failure: refusedByAws(
                failure('sts-access-denied', { roleArn: `arn:aws:iam::${live}:role/Admin` }),
                {
                  code: 'tags-not-allowed',
                  keys: ['Department', 'CostCenter', 'Team'],
                },
              ),
            }),
          ]),
          savedPlay,
        ],
      }),
      act: (page) => page.locator('.note summary').click(),
    },
    {
      name: 'popup-refused-assertion',
      view: working({
        logins: [
          aLogin([
            aRole(live, 'Admin', {
              state: 'failed',
              failure: refusedByAws(
                failure('sts-invalid-token', {
                  reason: 'Response does not contain the required audience.',
                  remedy: 'audience',
                }),
                {
                  code: 'audience',
                  found: ['https://payroll.example.com/saml/metadata'],
                  expected: 'urn:amazon:webservices',
                },
              ),
            }),
          ]),
        ],
      }),
    },
    {
      name: 'popup-forget-failed',
      view: working({
        logins: [
          aLogin([
            aRole(staging, 'Developer', {
              state: 'forgotten',
              profile: 'staging',
              failure: failure('file-busy', { file: '/home/jo/.aws/credentials' }),
            }),
          ]),
        ],
      }),
    },
    {
      name: 'popup-unusable',
      view: working({
        logins: [
          aLogin([], {
            failure: failure('assertion-not-xml', {
              reason: { is: 'malformed', line: 1, column: 90, parser: 'unclosed tag: samlp:Response' },
            }),
            open: false,
          }),
        ],
      }),
    },
    {
      name: 'popup-expired',
      view: working({
        logins: [
          aLogin([aRole(staging, 'Developer', { state: 'expired', profile: 'staging', bound: true })], {
            open: false,
          }),
        ],
      }),
    },
    { name: 'popup-choice', view: withChoice(fewOffered) },
    {
      name: 'popup-choice-ticked',
      view: withChoice(fewOffered),
      act: async (page) => {
        for (const nth of [1, 3]) await page.locator(`.choices li:nth-child(${nth}) label input`).click();
      },
    },
    {
      name: 'popup-choice-rule',
      view: withChoice(sameNames, { bindings: [], profiles: [] }),
      act: tickAll,
    },
    {
      name: 'popup-choice-many',
      view: withChoice(manyOffered),
      act: async (page) => {
        await page.locator('.search input').fill('staging team0');
        await tickAll(page);
      },
    },
    {
      name: 'popup-choice-all',
      view: withChoice(sameNames, { bindings: [], profiles: [] }),
      act: (page) => page.locator('.picker-head button').click(),
    },
    { name: 'popup-choice-expired', view: working({ logins: [aLogin(fewOffered, { open: false })] }) },
    { name: 'popup-many-results', view: withChoice([...manyResults, ...fewOffered], { bindings: [] }) },
    {
      name: 'popup-other-roles',
      view: withChoice([aRole(staging, 'Auditor', { state: 'saved' }), ...fewOffered]),
      act: (page) => page.locator('.other-roles summary').click(),
    },
    {
      name: 'popup-encrypted',
      view: working({ logins: [aLogin([], { encrypted: true })] }),
    },
    {
      name: 'popup-session-length',
      view: working({
        settings: { ...working().settings, sessionDuration: 14_400 },
        logins: [savedStaging],
      }),
      act: open('Developer', staging),
    },
    {
      name: 'popup-encrypted-chosen',
      view: working({
        logins: [aLogin([], { encrypted: true, chosenRoleArn: `arn:aws:iam::${staging}:role/Auditor` })],
      }),
    },
    {
      name: 'popup-chain-form',
      view: working({ logins: [savedStaging] }),
      act: async (page) => {
        await open('Developer', staging)(page);
        await page.locator('.entry-body details:nth-last-of-type(3) summary').click();
        await page.locator('.entry-body details[open] input.code').fill(`arn:aws:iam::${live}:role/Deploy`);
      },
    },
    {
      name: 'popup-chain-failed',
      view: working({
        logins: [{ ...saved(staging, 'Developer', 'staging', { chained: [failedChain] }), consoleRoleArn }],
        chains: [failedChain],
      }),
    },
    {
      name: 'popup-shortened',
      view: working({
        logins: [aLogin([aRole(staging, 'Auditor', { shortened: { asked: 43_200, granted: 3600 } })])],
      }),
    },
    {
      name: 'popup-renewing',
      view: working({
        logins: [
          aLogin([aRole(staging, 'Developer', { state: 'expired', profile: 'staging', bound: true })], {
            open: false,
          }),
        ],
        renewals: [{ issuer: okta, state: 'opening' }],
      }),
    },
    {
      name: 'popup-renewal-needs-you',
      view: working({ logins: [savedLive], renewals: [{ issuer: okta, state: 'needs-you' }] }),
    },
    {
      name: 'popup-host-missing',
      view: working({
        logins: [aLogin([aRole(staging, 'Auditor')])],
        hostFailure: failure('host-not-installed'),
      }),
    },
    {
      name: 'popup-managed',
      view: working({
        logins: [
          aLogin([aRole(staging, 'Developer', { state: 'saved', profile: 'company-staging', fixed: true })]),
        ],
        policy: {
          notes: ['Credentials are not copied.'],
          mayCopy: false,
          mayWrite: true,
          mayImport: true,
          signInLinks: [
            { title: 'Company login', url: 'https://login.example.com/home/amazon_aws/0oa1/272' },
          ],
        },
      }),
      act: open('Developer', staging),
    },
    {
      name: 'popup-managed-no-files',
      view: working({
        logins: [aLogin([aRole(staging, 'Developer')])],
        policy: {
          notes: ['Credentials are never saved to files.'],
          mayCopy: true,
          mayWrite: false,
          mayImport: true,
          signInLinks: [],
        },
      }),
      act: open('Developer', staging),
    },
    {
      name: 'popup-policy-awaited',
      view: working({
        logins: [aLogin([aRole(staging, 'Auditor', { state: 'exchanging' })])],
        policy: {
          notes: ['Only these accounts are allowed: 1111-2222-3333.'],
          mayCopy: true,
          mayWrite: true,
          mayImport: true,
          signInLinks: [],
          awaited: true,
        },
      }),
    },
    {
      name: 'popup-policy-late',
      view: working({
        logins: [
          aLogin([aRole(staging, 'Auditor', { state: 'failed', failure: failure('policy-awaited') })]),
        ],
        policy: {
          ...{ notes: [], mayCopy: false, mayWrite: false, mayImport: false, signInLinks: [] },
          failure: failure('policy-awaited'),
        },
      }),
    },
    {
      name: 'popup-policy-broken',
      view: working({
        logins: [aLogin([aRole(staging, 'Auditor')])],
        policy: {
          ...{ notes: [], mayCopy: false, mayWrite: false, mayImport: false, signInLinks: [] },
          failure: failure('policy-invalid', { where: { is: 'entries', where: 'allowedAccounts' } }),
        },
      }),
    },
    {
      name: 'popup-long-names',
      view: working({
        settings: {
          ...working().settings,
          accounts: { [live]: { name: longNames.account, colour: 'red' } },
          signInLinks: { [longNames.issuer]: longNames.issuer },
        },
        bindings: [
          { ...aBinding(live, longNames.role, longNames.profile), issuer: longNames.issuer },
          aBinding(staging, longNames.role, `${longNames.profile}2`),
        ],
        logins: [
          aLogin([aRole(live, longNames.role, { state: 'saved', profile: longNames.profile })], {
            issuer: longNames.issuer,
            sessionName: `${'jo.'.repeat(18)}m@example.com`,
          }),
        ],
        chains: [
          { ...chain, source: longNames.profile, roleName: longNames.role, profile: `${longNames.profile}3` },
        ],
        renewals: [{ issuer: longNames.issuer, state: 'needs-you' }],
      }),
      act: open(longNames.role, live),
    },
    { name: 'popup-crowded', view: working({ logins: crowd }) },
    { name: 'popup-sixty', view: working({ bindings: sixty, profiles: [], logins: [] }) },
    {
      name: 'popup-favourites',
      view: working({
        logins: [savedStaging, savedLive],
        chains: [chain],
        settings: {
          ...working().settings,
          favourites: [
            aBinding(live, 'ReadOnly', '').roleArn,
            aBinding(play, 'Admin', '').roleArn,
            chain.roleArn,
          ],
        },
      }),
      act: open('Admin', play),
    },
    {
      name: 'popup-search',
      view: working({ logins: crowd }),
      act: (page) => page.locator('.search input').fill('live team-1'),
    },
    {
      name: 'popup-search-unsaved',
      view: working({ logins: [aLogin(manyOffered, { open: false }), ...crowd] }),
      act: (page) => page.locator('.search input').fill('team49 9999'),
    },
    {
      name: 'popup-keys',
      view: working({ logins: [savedStaging, savedLive] }),
      act: (page) => page.locator('.show-keys').click(),
    },
    {
      name: 'popup-console-closed',
      view: working({ logins: [savedStaging, savedLive] }),
      act: async (page) => {
        await open('ReadOnly', live)(page);
        await page.locator('.entry-body .console[aria-expanded]').click();
      },
    },
    {
      name: 'popup-console-link',
      view: working({ logins: [savedLive, savedStaging, ...crowd], chains: [chain] }),
      act: (page) =>
        page
          .locator('.search input')
          .fill(
            `https://${live}-a1b2c3d4.eu-central-1.console.aws.amazon.com/lambda/home?region=eu-central-1`,
          ),
    },
    {
      name: 'popup-not-a-console-link',
      view: working({ logins: crowd }),
      act: (page) => page.locator('.search input').fill('https://console.aws.amazon.com.example/'),
    },
    {
      name: 'popup-zoomed',
      view: working({ logins: [aLogin([aRole(live, 'Admin')]), savedStaging] }),
      width: 200,
    },
  ] satisfies Omit<Screen, 'page'>[]
).map((screen) => ({ ...screen, page: 'popup' }));
