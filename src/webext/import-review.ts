import type { Failure } from '../core/failure.ts';

/** Kinds of changes in an import, in the order shown. */
export const importGroups = ['bindings', 'chains', 'links', 'behaviour', 'accounts', 'rest'] as const;

/** A change in an imported file, in words that are safe to show. */
export interface ImportChange {
  /** Identifies exactly this change as shown: if anything about it differs, so does the id. */
  id: string;
  group: (typeof importGroups)[number];
  /** A profile, an issuer, an account or a setting. */
  what: string;
  /** The current value that would be replaced; empty if it is new. */
  before: string[];
  after: string;
  /** What to know before accepting. */
  notes: string[];
  /** Needs its own tick: something existing would be replaced or affected. */
  alone: boolean;
  /** The change that must be accepted with this one. */
  needs?: string;
  /** Why it cannot be accepted. */
  refusal?: string;
  /** Turns on “Keep fresh”, for which the page must request a permission. */
  keepsFresh?: true;
}

/** Every change in an imported file; empty if there are none. */
export interface ImportReview {
  changes: ImportChange[];
  /** Why profile names could not be checked against the user's files. */
  hostFailure?: Failure;
}
