/** How often a test of chance tries: `usual` in `npm test`, `all` in `npm run test:long`, before a release. */
export const tries = (usual: number, all: number): number =>
  process.env.ROLEFERRY_ALL_TRIES === undefined ? usual : all;

/** Of cases of one kind: one in eight in `npm test`, all in `npm run test:long`. */
export const some = <T>(cases: readonly T[]): T[] => cases.filter((_, index) => index % tries(8, 1) === 0);
