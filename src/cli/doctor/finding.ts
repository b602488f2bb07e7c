import type { Failure } from '../../core/failure.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { wordsHere } from '../terminal/called/words-here.ts';

/** One check and its result. */
export interface Finding {
  /** What was checked: a fixed word that programs may rely on. */
  check:
    | 'installation'
    | 'program'
    | 'browser'
    | 'host'
    | 'permissions'
    | 'files'
    | 'policy'
    | 'profiles'
    | 'clock'
    | 'network';
  /** `broken`: Roleferry does not work, or a secret is exposed. `warning`: it may not do what the user expects. */
  level: 'ok' | 'warning' | 'broken';
  message: string;
  /** What to do; each finding that is not ok has one. */
  remedy?: string;
}

type Check = Finding['check'];

export const fine = (check: Check, message: string): Finding => ({ check, level: 'ok', message });

export const warning = (check: Check, message: string, remedy: string): Finding => ({
  check,
  level: 'warning',
  message,
  remedy,
});

export const broken = (check: Check, message: string, remedy: string): Finding => ({
  check,
  level: 'broken',
  message,
  remedy,
});

/** A failure as a finding. */
export function ofFailure(check: Check, failure: Failure, level: 'warning' | 'broken' = 'broken'): Finding {
  const { message, hint } = wordsHere(failure);
  return { check, level, message, remedy: hint };
}

/** The remedy for what an installation repairs. */
export const installAgain = (): string => `run: ${callHere()} install`;
