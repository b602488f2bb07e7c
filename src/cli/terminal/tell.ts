import { writeWhole } from './write-whole.ts';

/** Prints on stderr. If that fails, the work goes on. */
export const tell = (text: string): void => writeWhole('stderr', text, () => {});
