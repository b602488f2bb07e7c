import type { Failure } from '../../../core/failure.ts';
import type { Words } from '../../../core/failure-words.ts';
import { inEnglish } from '../../../core/words/failures/english.ts';
import { callHere } from './call-here.ts';

/** The words of a failure, in which each command is one that works in the shell of whoever called this program. */
export const wordsHere = (failure: Failure): Words => inEnglish(failure, callHere());
