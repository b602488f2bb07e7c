import * as v from 'valibot';
import { failure } from '../../src/core/failure.ts';
import { issuerNames } from '../../src/webext/issuer-names.ts';
import { settingsSchema } from '../../src/webext/settings-schema.ts';
import type { BindingView, HistoryEntry, View } from '../../src/webext/view.ts';
import { clock } from './show-screen.ts';

export const okta = 'https://login.example.com/exk1fcia6d6EMsf331d8';
const entra = 'https://sts.example.net/5c1f3b0e/';

const accounts = {
  '111122223333': { name: 'Shop live', colour: 'red' },
  '444455556666': { name: 'Shop staging', colour: 'amber' },
  '777788889999': { name: 'Playground', colour: 'green' },
} as const;

const minute = 60_000;

/** As long as AWS lets them be, or as a person may make them. */
export const longNames = {
  role: 'AWSReservedForTheQuarterlyBusinessReviewOfAllEuropeanSubsidiaries'.slice(0, 64),
  profile: `quarterly-business-review-of-all-european-subsidiaries-and-branches-${'x'.repeat(40)}`,
  account: 'Quarterly business review of all European subsidiaries',
  issuer: `https://login.subsidiaries.example.com/app/amazon_aws/${'exk1fcia6d6EMsf331d8'.repeat(4)}/sso/saml`,
};

/** A binding of the role `roleName` in an account. */
export function aBinding(accountId: string, roleName: string, profile: string): BindingView {
  return {
    issuer: okta,
    roleArn: `arn:aws:iam::${accountId}:role/${roleName}`,
    providerArn: `arn:aws:iam::${accountId}:saml-provider/Okta`,
    accountId,
    roleName,
    profile,
    fixed: false,
  };
}

/** What the background tells in the first minute: nothing has happened, and all is in order. */
export function aView(change: Partial<View> = {}): View {
  return {
    logins: [],
    settings: v.parse(settingsSchema, {}),
    accountOrigins: {},
    namesOnPage: { read: false },
    bindings: [],
    chains: [],
    left: [],
    issuers: [],
    issuerNames: issuerNames([okta, entra, longNames.issuer], {}),
    changingNames: [],
    nameQuestions: [],
    profiles: [],
    configProfiles: [],
    regions: {},
    renewals: [],
    history: [],
    firstRun: { hostInstalled: true, permissionGiven: true, loginSeen: true },
    host: { version: '0.1.0', credentialsFile: '/home/jo/.aws/credentials', fixedByEnvironment: false },
    copyNewest: false,
    canForget: (change.logins ?? []).length > 0,
    paused: false,
    policy: { notes: [], mayCopy: true, mayWrite: true, mayImport: true, signInLinks: [] },
    ...change,
  };
}

/** What it tells of someone who has worked with it for a while. */
export function aSettledView(change: Partial<View> = {}): View {
  return aView({
    settings: v.parse(settingsSchema, {
      accounts,
      signInLinks: { [okta]: 'https://login.example.com/home/amazon_aws/0oa1fcia6d6/272' },
      profileNameTemplate: '{accountName}-{role}',
      region: 'eu-central-1',
    }),
    bindings: [
      aBinding('111122223333', 'ReadOnly', 'live'),
      aBinding('444455556666', 'Developer', 'staging'),
      aBinding('777788889999', 'Admin', 'play'),
    ],
    chains: [
      {
        source: 'staging',
        roleArn: 'arn:aws:iam::222233334444:role/Deploy',
        profile: 'staging-deploy',
        accountId: '222233334444',
        roleName: 'Deploy',
        state: 'waiting',
      },
    ],
    issuers: [okta, entra],
    history: aHistory,
    ...change,
  });
}

const aHistory: HistoryEntry[] = [
  { at: clock - 4 * minute, what: 'write', outcome: 'done', ...of('444455556666', 'Developer', 'staging') },
  { at: clock - 4 * minute, what: 'exchange', outcome: 'done', ...of('444455556666', 'Developer') },
  {
    at: clock - 5 * minute,
    what: 'exchange',
    outcome: 'failed',
    ...of('111122223333', 'ReadOnly'),
    failure: failure('sts-access-denied', { roleArn: 'arn:aws:iam::111122223333:role/ReadOnly' }),
  },
  { at: clock - 5 * minute, what: 'login', outcome: 'done', issuer: okta },
  { at: clock - 65 * minute, what: 'renew', outcome: 'waiting', issuer: okta, times: 3 },
  { at: clock - 130 * minute, what: 'forget', outcome: 'done' },
].map((entry) => ({ times: 1, ...entry })) as HistoryEntry[];

function of(accountId: string, roleName: string, profile?: string) {
  return { accountId, roleName, ...(profile === undefined ? {} : { profile }) };
}
