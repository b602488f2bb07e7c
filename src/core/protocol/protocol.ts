import * as v from 'valibot';
import { regionPattern } from '../aws/region.ts';
import { rightsNames } from '../aws/session-policy.ts';

/** The version of the native messaging protocol that this code speaks; see docs/protocol.md. */
export const protocolVersion = 1;

/** The host's name for browsers. */
export const hostName = 'roleferry';

/** Chromium's limit for a message from the host; we use it in both directions. */
export const maxMessageBytes = 1024 * 1024;

export const regionSchema = v.pipe(v.string(), v.regex(regionPattern), v.maxLength(32));

/** SAML allows issuers of 1024 characters. */
export const longestIssuer = 1024;

/** What credentials may do at most, where that is less than their role, written as `x_session_policy`. */
export const rightsSchema = v.picklist(rightsNames);
