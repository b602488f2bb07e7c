import type { Page } from 'puppeteer';
import type { SessionPolicy } from '../../src/core/aws/session-policy.ts';
import { type Failure, failure } from '../../src/core/failure.ts';
import type { RoleView } from '../../src/webext/login-view.ts';
import { aBinding } from './a-view.ts';
import {
  aLogin,
  aRole,
  consoleRoleArn,
  open,
  savedLive,
  savedStaging,
  staging,
  working,
} from './popup-view.ts';
import type { Screen } from './screen.ts';

const ofAws = (name: string, partition = 'aws') => `arn:${partition}:iam::aws:policy/${name}`;
const readOnly = { policyArns: [ofAws('ReadOnlyAccess')] };
const lesser = (change: Partial<RoleView>) =>
  aRole(staging, 'Developer', { profile: 'staging-readonly', sessionPolicy: readOnly, ...change });
const [wholeStaging = lesser({})] = savedStaging.roles;
const withLesser = aLogin([wholeStaging, lesser({ state: 'saved' })], { open: false, consoleRoleArn });
const refused = (reason: Failure, sessionPolicy: SessionPolicy = readOnly) =>
  working({
    logins: [
      aLogin([wholeStaging, lesser({ state: 'failed', sessionPolicy, failure: reason })], { consoleRoleArn }),
      savedLive,
    ],
  });

const s3Get = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';

/** A role of which an administrator demands this. */
function demanding(demanded: SessionPolicy) {
  const view = working({
    logins: [aLogin([{ ...wholeStaging, demanded }], { open: false, consoleRoleArn })],
  });
  return { ...view, policy: { ...view.policy, sessionPolicies: [demanded] } };
}

const openForm = async (page: Page) => {
  await open('Developer', staging)(page);
  await page.locator('.entry-body details:nth-last-of-type(2) summary').click();
};

/** Opens the form, chooses a kind of policy, and types one. */
const choose = (kind: string, typed?: string) => async (page: Page) => {
  await openForm(page);
  await page.locator('.entry-body details[open] select').fill(kind);
  if (typed !== undefined) await page.locator('.entry-body textarea').fill(typed, { typingThreshold: 0 });
};

const form = (name: string, act: NonNullable<Screen['act']>) => ({
  name: `popup-lesser-${name}`,
  view: working({ logins: [savedStaging] }),
  act,
});

/** The popup's states of profiles with fewer rights than their role. */
export const lesserScreens: Omit<Screen, 'page'>[] = [
  { name: 'popup-lesser', view: working({ logins: [withLesser, savedLive] }) },
  {
    name: 'popup-lesser-open',
    view: working({ logins: [withLesser, savedLive] }),
    act: open('Developer', staging, 1),
  },
  { name: 'popup-lesser-form', view: working({ logins: [savedStaging, savedLive] }), act: openForm },
  form('view-only', choose('view-only')),
  form('audit', choose('security-audit')),
  form('arns', choose('managed', [ofAws('AmazonS3ReadOnlyAccess'), ofAws('SecurityAudit')].join('\n'))),
  form('twice', choose('managed', [ofAws('SecurityAudit'), ofAws('SecurityAudit')].join('\n'))),
  form('other-partition', choose('managed', ofAws('ReadOnlyAccess', 'aws-cn'))),
  form(
    'eleven',
    choose('managed', Array.from({ length: 11 }, (_, index) => ofAws(`Reader${index}`)).join('\n')),
  ),
  form('json', choose('json', s3Get)),
  form(
    'json-wrong',
    choose(
      'json',
      '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", "Action": "s3:Get*" }]\n}',
    ),
  ),
  {
    name: 'popup-lesser-on-demand',
    view: working({ bindings: [{ ...aBinding(staging, 'Developer', 'staging'), onDemand: true }] }),
    act: openForm,
  },
  {
    name: 'popup-lesser-demanded',
    view: demanding({ policyArns: [ofAws('ReadOnlyAccess'), ofAws('SecurityAudit')], policy: s3Get }),
    act: choose('managed'),
  },
  {
    name: 'popup-lesser-demanded-all',
    view: demanding({ policyArns: [ofAws('ReadOnlyAccess'), ofAws('SecurityAudit')] }),
    act: choose('managed'),
  },
  { name: 'popup-lesser-demanded-one', view: demanding(readOnly), act: openForm },
  { name: 'popup-lesser-refused', view: refused(failure('sts-session-policy-large', { percent: 112 })) },
  {
    name: 'popup-lesser-malformed',
    view: refused(
      {
        ...failure('sts-session-policy-refused', { reason: 'Syntax errors in policy.' }),
        details: 'MalformedPolicyDocument: Syntax errors in policy.\nHTTP 400',
      },
      { policy: s3Get },
    ),
  },
  {
    name: 'popup-lesser-missing',
    view: refused(
      failure('sts-session-policy-missing', {
        reason: `Policy arn:aws:iam::${staging}:policy/team/ReadsOrders does not exist or is not attachable.`,
      }),
      { policyArns: [`arn:aws:iam::${staging}:policy/team/ReadsOrders`] },
    ),
  },
];
