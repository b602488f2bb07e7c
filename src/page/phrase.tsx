import { type ComponentChild, Fragment, type VNode } from 'preact';
import { type TextKey, text } from '../webext/text.ts';

/** Stands in a text where an element goes. No text that comes from outside can hold it: `printable` takes it out. */
const mark = '\u0001';

/** A text with elements in the places of its substitutions, as in “via $1”. */
export function phrase(key: TextKey, ...parts: ComponentChild[]): VNode {
  const pieces = text(key, ...parts.map((_, index) => `${mark}${index}${mark}`)).split(mark);
  return (
    <>
      {pieces.map((piece, index) => (
        // Every second piece is the number of a part.
        <Fragment key={`${index}${piece}`}>{index % 2 === 0 ? piece : parts[Number(piece)]}</Fragment>
      ))}
    </>
  );
}
