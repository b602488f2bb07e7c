import type { Role } from '../aws/role.ts';

/** What an assertion says, as far as AWS reads it. Times in milliseconds since the epoch. */
export interface Assertion {
  /** The identity provider's entity id. */
  issuer: string;
  /** If so, only AWS can read the roles and everything but the issuer. */
  encrypted: boolean;
  /** In the assertion's order, each (role, provider) once. */
  roles: Role[];
  /** Values of the Role attribute without a role and a provider. */
  unreadRoles: number;
  /** The audiences: `urn:amazon:webservices`, or AWS sign-in URLs. */
  audiences: string[];
  /** The URLs that its bearer may bring it to. */
  recipients: string[];
  /** The identity provider's status for the login: `Success`, or how it failed; empty if it has none. */
  status: string;
  /** Whether the response or its assertion has a signature; only AWS can tell whether it is right. */
  signed: boolean;
  /** Whether it names the user (NameID). */
  hasSubject: boolean;
  sessionName?: string;
  /** Seconds. */
  sessionDuration?: number;
  sourceIdentity?: string;
  principalTags: Record<string, string>;
  /** The keys of the tags that stay when the session assumes another role. */
  transitiveTagKeys: string[];
  issuedAt?: number;
  notBefore?: number;
  /** The assertion is invalid from then on. */
  notOnOrAfter?: number;
  /** Its bearer may no longer bring it to AWS from then on. */
  bearerNotOnOrAfter?: number;
  /** The role session ends at this time at the latest. */
  sessionNotOnOrAfter?: number;
}
