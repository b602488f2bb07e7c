import * as v from 'valibot';
import { localItem } from '../state/stored-item.ts';

/**
 * Issuers of which the person has said that names of sessions change at each login. Not one of the settings that can be
 * carried in a file: a file from somebody else must not switch off what keeps his login out of a profile.
 */
const item = localItem('changingNames', v.array(v.string()), []);

export const readChangingNames = (): Promise<string[]> => item.read();

/** Notes whether names change at each login of this issuer, and so are not compared. */
export const setNamesChange = (issuer: string, change: boolean): Promise<void> =>
  item.change((issuers) => [...issuers.filter((one) => one !== issuer), ...(change ? [issuer] : [])]);
