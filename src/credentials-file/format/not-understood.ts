import { failure } from '../../core/failure.ts';
import { failed, type Result } from '../../core/result.ts';
import type { Understood } from './parse-lines.ts';

/** The failure for a shared file with a line, counted from 1, that cannot be understood. */
export const notUnderstood = (
  file: string,
  { line, reason }: Omit<Extract<Understood<never>, { ok: false }>, 'ok'>,
): Result<never> => failed(failure('file-not-understood', { file, line, reason }));
