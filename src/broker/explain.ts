import { isIP } from 'node:net';
import type { Address, Config, RoleConfig, Rule } from './config/schema.ts';
import { sessionName } from './roles/session-name.ts';

/** An address as in the configuration. */
export const shownAddress = ({ host, port }: Address): string =>
  `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/** Says in plain words what a configuration does, and what an administrator may not have meant. */
export function explain(config: Config): string {
  const { url, listen, admin, tls, issuers, roles, audit } = config;
  const lines = [
    `${url} is answered at ${shownAddress(listen)}, ${tls ? 'over TLS' : 'without TLS: a proxy on this machine must add it'}.`,
    admin
      ? `Health and metrics are at http://${shownAddress(admin)}.`
      : 'There is no listener for health and metrics.',
    `Each decision is a line in ${audit ?? 'stdout'}.`,
    '',
    ...Object.entries(issuers).map(
      ([name, { issuer, audience, login }]) =>
        `${name}: ${login ? 'people, with a proof of their login' : 'machines'}, by tokens of ${issuer} for ${audience}.`,
    ),
    '',
    ...Object.entries(roles).flatMap(([name, role]) => aboutRole(name, role)),
    ...warnings(config),
  ];
  return `${lines.join('\n')}\n`;
}

function aboutRole(name: string, role: RoleConfig): string[] {
  const { arn, maxDuration, sessionName: named, sourceIdentity, tags, policy } = role;
  const more = [
    ...(sourceIdentity === undefined ? [] : [`source identity ${sourceIdentity}`]),
    ...Object.entries(tags).map(([key, value]) => `tag ${key}=${value}`),
    ...(policy === null ? [] : ['a session policy']),
  ];
  return [
    `${name} is ${arn}, for up to ${maxDuration} s, as ${named.includes('{') ? named : sessionName(named)}${more.map((part) => `, ${part}`).join('')}.`,
    ...role.allow.map((rule) => `  for tokens of ${rule.issuer} with ${claimsIn(rule)}`),
  ];
}

const claimsIn = ({ claims }: Rule): string =>
  Object.entries(claims)
    .map(
      ([name, value]) =>
        `${name} = ${[value]
          .flat()
          .map((one) => JSON.stringify(one))
          .join(' or ')}`,
    )
    .join(' and ');

/** Issuers whose tokens anyone in the world can have, and claims that name one customer of theirs. */
const publicIssuers: [issuer: string, claims: RegExp][] = [
  [
    'https://token.actions.githubusercontent.com',
    /^(sub|repository(_id|_owner|_owner_id)?|enterprise(_id)?)$/,
  ],
  ['https://gitlab.com', /^(sub|project_(path|id)|namespace_(path|id))$/],
  ['https://accounts.google.com', /^(sub|email|hd)$/],
];

function warnings({ issuers, roles, admin }: Config): string[] {
  const found = Object.entries(roles).flatMap(([name, { allow, maxDuration }]) => [
    ...allow.flatMap(({ issuer, claims }) => {
      const own = publicIssuers.find(([url]) => url === issuers[issuer]?.issuer)?.[1];
      const isOpen = own !== undefined && !Object.keys(claims).some((claim) => own.test(claim));
      return isOpen
        ? [`${name}: a rule for ${issuer} names no claim of yours, so anyone there could have the role.`]
        : [];
    }),
    ...(maxDuration > 3600
      ? [
          `${name}: a broker that is a role itself gets 3600 s at most, since AWS allows no more for a chain of roles.`,
        ]
      : []),
  ]);
  const isExposed = admin !== undefined && !/^(127\.|::1$)/.test(admin.host);
  if (isExposed) found.push('admin: others in the network can read the metrics.');
  return found.length === 0 ? [] : ['', ...found.map((one) => `Note: ${one}`)];
}
