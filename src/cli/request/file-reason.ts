import { reasonWords } from '../../core/failure-words.ts';
import { file } from '../../core/words/failures/english/reasons/files.ts';
import { reasonOf } from '../../disk/fs-failure.ts';

/** What the system says of an error, in words. */
export const fileReason = (error: unknown): string => reasonWords(file, reasonOf(error));
