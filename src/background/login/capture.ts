import type { WebRequest } from 'webextension-polyfill';
import { parseSignInHost, signInPatterns } from '../../core/aws/sign-in-host.ts';
import type { Memory } from '../state/memory.ts';

/** The POST of a login as the browser showed it. */
export interface Capture {
  /** The SAMLResponse field, base64; `undefined` when the browser kept the body to itself. */
  response: string | undefined;
  /** ARN of the role that was chosen on AWS's page. */
  roleIndex: string | undefined;
  signInHost: string;
  /** Firefox's id of the container that the tab is in, `firefox-default` outside of any; Chromium has none. */
  container?: string;
}

/** AWS takes assertions at `/saml`, encrypted ones also at `/saml/acs/PROVIDER-ID`. */
export const captureFilter: WebRequest.RequestFilter = {
  urls: ['/saml', '/saml?*', '/saml/acs/*'].flatMap(signInPatterns),
  // Real logins are navigations. A frame or a fetch is some page's doing, see docs/decisions/0005.
  types: ['main_frame'],
};

/**
 * What a request to a sign-in host tells of a login; `undefined` when it is none. A body that the browser
 * does not show (Firefox, from about 1 MB on) still counts as a login, so that it can be spoken of.
 */
export function capture(details: WebRequest.OnBeforeRequestDetailsType): Capture | undefined {
  if (details.method !== 'POST') return undefined;
  const { hostname } = new URL(details.url);
  if (parseSignInHost(hostname) === undefined) return undefined;
  const body = details.requestBody ?? undefined;
  const field = fieldsOf(body);
  const response = field('SAMLResponse');
  if (response === undefined && !isWithheld(body)) return undefined;
  const { cookieStoreId } = details;
  return {
    response,
    roleIndex: field('roleIndex'),
    signInHost: hostname,
    ...(cookieStoreId === undefined ? {} : { container: cookieStoreId }),
  };
}

const lastSeen = () => ({ requestId: undefined as string | undefined });

/** Whether a request was seen just before: a redirect from the global to a regional sign-in host shows it twice. */
export function isSeenAgain(memory: Memory, requestId: string): boolean {
  const before = memory.of(lastSeen).requestId;
  memory.of(lastSeen).requestId = requestId;
  return before === requestId;
}

type Body = WebRequest.OnBeforeRequestDetailsTypeRequestBodyType | undefined;

function fieldsOf(body: Body): (name: string) => string | undefined {
  const form = body?.formData as Record<string, string[]> | undefined;
  if (form !== undefined) return (name) => form[name]?.[0];
  const parameters = new URLSearchParams(rawText(body));
  return (name) => parameters.get(name)?.replaceAll(' ', '+');
}

function rawText(body: Body): string {
  const decoder = new TextDecoder('latin1');
  return (body?.raw ?? []).map((part) => decoder.decode(part.bytes as ArrayBuffer | undefined)).join('');
}

const isWithheld = (body: Body): boolean =>
  body?.error !== undefined ||
  (body?.formData !== undefined && Object.keys(body.formData as object).length === 0);
