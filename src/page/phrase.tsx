import { type ComponentChild, Fragment, type VNode } from 'preact';
import { type TextKey, text } from '../webext/text.ts';

/** Marks the place of an element in a text. Texts from outside cannot contain it: `printable` removes it. */
const mark = '\u0001';

/** A text with elements as substitutions, as in “via $1”. */
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
