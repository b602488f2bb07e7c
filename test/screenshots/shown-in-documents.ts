import { documents } from '../docs/documents.ts';

/** The pictures that a document shows: `popup-at-work-light.png`, `at-work-dark.gif`. */
export const shownInDocuments = (): Set<string> =>
  new Set(
    documents.flatMap(({ links }) =>
      links.flatMap((link) => /\bscreenshots\/([\w-]+\.\w+)$/.exec(link)?.[1] ?? []),
    ),
  );
