import { type Failure, failure } from '../failure.ts';
import type { Reason } from '../failure-reasons.ts';

/** Thrown to stop the parser, which has no other way. */
export class Refusal extends Error {
  readonly failure: Failure;
  constructor(reason: Failure) {
    super(reason.code);
    this.failure = reason;
  }
}

export const notXml = (reason: Reason<'xml'>) => new Refusal(failure('assertion-not-xml', { reason }));

export const notSaml = (reason: Reason<'saml'>) => new Refusal(failure('assertion-not-saml', { reason }));

/** Names from a hostile document may be as long as the document. */
export const short = (name: string) => (name.length > 150 ? `${name.slice(0, 150)}…` : name);
