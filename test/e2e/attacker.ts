import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer';
import type { Rehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn, type RolePair } from '../rehearsal/world.ts';

/** A form as a stranger's page may make one. */
export interface HostileForm {
  fields: [name: string, value: string][];
  action?: string;
  method?: 'get' | 'post';
  enctype?: string;
  /** As the attribute of the form: `_blank`, the name of a frame or of a window. */
  target?: string;
}

export const signInAddress = 'https://signin.aws.amazon.com/saml';

/** Makes a form on the page and submits it, as a script of the page does without asking anyone. */
export const submitForm = (page: Page, form: HostileForm): Promise<void> =>
  page.evaluate(
    ({ fields, action, method = 'post', enctype, target }) => {
      const element = document.createElement('form');
      Object.assign(element, {
        action,
        method,
        hidden: true,
        ...(enctype && { enctype }),
        ...(target && { target }),
      });
      for (const [name, value] of fields) {
        // An input would lose line breaks.
        const field = Object.assign(document.createElement('textarea'), { name });
        field.value = value;
        element.append(field);
      }
      document.body.append(element);
      element.submit();
    },
    { action: signInAddress, ...form },
  );

/**
 * A role of the attacker's own account, behind a SAML provider of theirs that trusts `issuer`, which may be anyone's
 * name: in an account of one's own, any metadata can be uploaded.
 */
export function addHostileRole(
  { world }: Rehearsal,
  role: string,
  provider: string,
  issuer = 'https://prize.rehearsal.test/metadata',
): RolePair {
  const hostile = world.idps.find(({ host }) => host === 'prize.rehearsal.test');
  const pair = {
    role: iamArn(accounts.attacker, `role/${role}`),
    provider: iamArn(accounts.attacker, `saml-provider/${provider}`),
  };
  if (!world.providers.some(({ arn }) => arn === pair.provider)) {
    world.providers.push({ arn: pair.provider, issuer, certificatePem: hostile?.certificatePem ?? '' });
  }
  const known = world.roles.find(({ arn }) => arn === pair.role);
  if (known === undefined) {
    world.roles.push({ arn: pair.role, maxSessionDuration: 3600, trusts: [pair.provider] });
  } else known.trusts.push(pair.provider);
  return pair;
}

/** A web server of the attacker's that sends every POST on to AWS, body and all, with 307. */
export async function startRedirector(rehearsal: Rehearsal, host: string): Promise<{ close(): void }> {
  const server = http.createServer((_, response) => {
    response.writeHead(307, { location: signInAddress }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  rehearsal.proxies.set(host, (server.address() as AddressInfo).port);
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
