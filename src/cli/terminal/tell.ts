import { writeWhole } from './write-whole.ts';

/** Tells the person on stderr. When nobody can be told, the work goes on. */
export const tell = (text: string): void => writeWhole('stderr', text, () => {});
