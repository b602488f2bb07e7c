import type { Failure } from './failure.ts';

/** What everything returns that can fail across a boundary. A raw Error never crosses one. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const failed = <T = never>(failure: Failure): Result<T> => ({ ok: false, failure });
