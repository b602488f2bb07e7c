import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { file } from './reasons/files.ts';
import { authorities, connection, proxy } from './reasons/logins.ts';

export const network = {
  'proxy-invalid': (p) => [
    `The proxy in ${p.variable} cannot be used: ${words(proxy, p.reason)}.`,
    `Set ${p.variable} like http://proxy.example:3128 or http://USER:PASSWORD@proxy.example:3128, with special characters percent-encoded (@ is %40, / is %2F).`,
  ],
  'proxy-unreachable': (p) => [
    `The proxy ${p.proxy} (${p.variable}) could not be reached: ${words(connection, p.reason)}${p.system === undefined ? '' : ` (${p.system})`}.`,
    `Check ${p.variable}, the network and the VPN. Where no proxy is needed, unset ${p.variable} or name the host in NO_PROXY.`,
  ],
  'proxy-login-needed': (p) => [
    p.sent
      ? `The proxy ${p.proxy} does not accept the user and password in ${p.variable} (HTTP 407).`
      : `The proxy ${p.proxy} (${p.variable}) wants a user and a password (HTTP 407).`,
    `Set ${p.variable} like http://USER:PASSWORD@${p.proxy}, with special characters percent-encoded (@ is %40, / is %2F). Only Basic authentication is supported.`,
  ],
  'proxy-refused': (p) =>
    p.status < 500
      ? [
          `The proxy ${p.proxy} (${p.variable}) does not let this machine through to ${p.host} (HTTP ${p.status}).`,
          `Ask the people who run the proxy to allow ${p.host}. If it can be reached without the proxy, name it in NO_PROXY.`,
        ]
      : [
          `The proxy ${p.proxy} (${p.variable}) could not reach ${p.host} itself (HTTP ${p.status}).`,
          `Check the address, then try again in a moment. If it can be reached without the proxy, name it in NO_PROXY.`,
        ],
  'proxy-strange': (p) => [
    p.status === undefined
      ? `${p.proxy} (${p.variable}) did not answer as a proxy does when it was asked for ${p.host}.`
      : `${p.proxy} (${p.variable}) answered with a page of its own (HTTP ${p.status}) instead of a connection to ${p.host}.`,
    `It may want you to log in: open any web page, log in there, then try again. Or it is not a proxy: check ${p.variable}.`,
  ],
  'authorities-unreadable': (p) => [
    `The certificates in ${p.file} (${p.setting}) cannot be used: ${words({ ...file, ...authorities }, p.reason)}.`,
    `Correct or unset ${p.setting}. It names a PEM file with CA certificates to trust.`,
  ],
} satisfies Partial<FailureWords>;
