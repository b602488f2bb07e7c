import { type Answer, type Arrived, htmlAnswer, redirect } from './exchange.ts';
import { consoleHostOf } from './hosts.ts';
import { escapeMarkup, hiddenFields, page } from './html.ts';
import { Refusal, refusals } from './refusal.ts';
import { parseResponse } from './signed-assertion.ts';
import { claimedIssuer, verifyResponse } from './verify-response.ts';
import type { RolePair, World } from './world.ts';

const title = 'AWS sign-in';

/**
 * The sign-in hosts: `POST /saml` (or `/saml/acs/ID`) verifies the response. With one role it continues to the
 * console; several are offered, and the choice comes back as `roleIndex`, its ARN.
 */
export function makeSignIn(world: World, now: () => number): (request: Arrived) => Answer {
  function offeredRoles(base64: string, path: string): { roles: RolePair[]; sessionName: string } {
    const addressed = world.providers.find(({ decryption }) => path === `/saml/acs/${decryption?.id}`);
    const response = parseResponse(base64, addressed?.decryption?.privateKeyPem);
    const issuer = claimedIssuer(response);
    const providers = world.providers.filter((provider) => provider.issuer === issuer);
    const [provider] = providers;
    if (provider === undefined) throw refusals.issuerUnknown();
    const claims = verifyResponse(response, provider, now());
    const roles = claims.roles.filter(
      (pair) =>
        world.roles.some((role) => role.arn === pair.role && role.trusts.includes(pair.provider)) &&
        providers.some(
          ({ arn, certificatePem }) => arn === pair.provider && certificatePem === provider.certificatePem,
        ),
    );
    if (roles.length === 0) throw refusals.notAuthorizedWithSaml();
    return { roles, sessionName: claims.roleSessionName };
  }

  function signIn(request: Arrived): Answer {
    const samlResponse = request.form.get('SAMLResponse') ?? '';
    const { roles, sessionName } = offeredRoles(samlResponse, request.path);
    const roleIndex = request.form.get('roleIndex');
    const chosen = roleIndex === null && roles.length === 1 ? roles[0]?.role : roleIndex;
    if (chosen == null) {
      const relayState = request.form.get('RelayState') ?? '';
      const fields = { SAMLResponse: samlResponse, RelayState: relayState };
      return htmlAnswer(chooserPage(world, roles, request.path, fields));
    }
    if (!roles.some(({ role }) => role === chosen)) throw refusals.notAuthorizedWithSaml();
    const query = new URLSearchParams({ role: chosen, session: sessionName });
    return redirect(`https://${consoleHostOf(request.host)}/console/home?${query}`);
  }

  return (request) => {
    if (request.method !== 'POST' || !/^\/saml(?:\/acs\/[\w-]+)?$/.test(request.path)) {
      return htmlAnswer(page(title, '<h1>Page not found</h1>'), 404);
    }
    try {
      return signIn(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return htmlAnswer(
        page(
          title,
          `<h1>You cannot be signed in</h1><p role="alert">Your request included an invalid SAML response: ${escapeMarkup(error.message)}</p>`,
        ),
        error.status,
      );
    }
  };
}

function chooserPage(
  world: World,
  roles: RolePair[],
  action: string,
  fields: Record<string, string>,
): string {
  const byAccount = new Map<string, string[]>();
  for (const { role } of roles) {
    const account = role.split(':')[4] ?? '';
    byAccount.set(account, [...(byAccount.get(account) ?? []), role]);
  }
  const groups = [...byAccount].map(([account, arns]) => {
    const alias = world.accounts.find(({ id }) => id === account)?.alias;
    const label = alias === undefined ? `Account: ${account}` : `Account: ${alias} (${account})`;
    const choices = arns.map((arn) => {
      const value = escapeMarkup(arn);
      const name = escapeMarkup(arn.slice(arn.indexOf(':role/') + ':role/'.length));
      return `<label><input type="radio" name="roleIndex" value="${value}" id="${value}" required> ${name}</label>`;
    });
    return `<fieldset class="saml-account"><div class="saml-account-name">${escapeMarkup(label)}</div>${choices.join('')}</fieldset>`;
  });
  return page(
    title,
    `<h1>Select a role</h1><form id="saml_form" name="saml_form" method="post" action="${escapeMarkup(action)}">${hiddenFields(fields)}${groups.join('')}<button id="signin_button">Sign in</button></form>`,
  );
}
