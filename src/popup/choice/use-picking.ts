import { useState } from 'preact/hooks';
import type { Written } from './picked-names.ts';

/** What the user has ticked and typed for the roles of a login. */
interface Picked {
  /** Keys of roles. */
  ticked: ReadonlySet<string>;
  written: Written;
  /** Typed for the new profiles; they differ in what is suggested. */
  region: string | undefined;
}

export interface Picking {
  picked: Picked;
  onPick: (change: Partial<Picked>) => void;
  /** Once it is saved. */
  onPicked: () => void;
}

const nothing: Picked = { ticked: new Set(), written: { names: new Map() }, region: undefined };

/** Kept where both the list to tick and the look at all profiles find it, so going back and forth loses nothing. */
export function usePicking(): Picking {
  const [picked, setPicked] = useState(nothing);
  return {
    picked,
    onPick: (change) => setPicked((before) => ({ ...before, ...change })),
    onPicked: () => setPicked(nothing),
  };
}
