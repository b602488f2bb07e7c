import type { Settings } from './settings-schema.ts';
import type { TextKey } from './text.ts';

/** The text for each colour that an account can be given. */
export const colourNames: Record<Settings['accounts'][string]['colour'], TextKey> = {
  none: 'options_colourNone',
  red: 'options_colourRed',
  amber: 'options_colourAmber',
  green: 'options_colourGreen',
  blue: 'options_colourBlue',
  purple: 'options_colourPurple',
};
