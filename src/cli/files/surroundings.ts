import { homedir } from 'node:os';
import type { Surroundings } from '../../native-host/registration/system/surroundings.ts';

/** Those of the person who runs this program. */
export const surroundings = (): Surroundings => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
});
