import { lstat } from 'node:fs/promises';

/** Whether there is a link at `path`; junctions of Windows are links too. */
export const isLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
