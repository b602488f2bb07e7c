import { noFolderBecause, withPolicyFolder, writePolicy } from './policy-folder.ts';
import type { ScratchHome } from './scratch-home.ts';

/** Where Firefox reads policies on Linux, beside the folder of the program. */
const place = '/etc/firefox/policies';

/** Why one browser alone cannot be given policies here; `undefined` where it can. */
export const noFirefoxPolicyBecause = (): string | undefined => noFolderBecause(place);

/** A program in `home` that starts Firefox with these contents of policies.json. */
export async function firefoxWithPolicies(
  home: ScratchHome,
  executablePath: string,
  policies: object,
): Promise<string> {
  await writePolicy(home, 'policies.json', policies);
  return withPolicyFolder(home, place, executablePath);
}
