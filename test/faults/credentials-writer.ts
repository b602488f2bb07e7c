import { writeProfiles } from '../../src/credentials-file/write-profiles.ts';
import { updateOf } from './profile-update.ts';

/**
 * A process that does nothing but write profiles: `FILE NAME COUNT`. NAME may have `%` in it for the number of the
 * write, COUNT 0 is for ever; `REGION` is a region for each. Prints a line before its first write; ends with 1 and the code of the first failure.
 */
const [file = '', name = '', count = '0'] = process.argv.slice(2);
console.log('begins');
for (let number = 1; count === '0' || number <= Number(count); number++) {
  const files = { credentialsFile: file, configFile: `${file}-config` };
  const update = updateOf(name.replace('%', String(number)), number);
  const { REGION: region } = process.env;
  const result = await writeProfiles(files, [{ ...update, ...(region && { region }) }]);
  const outcome = result.ok ? result.value[0] : result;
  if (outcome && !outcome.ok) {
    console.error(outcome.failure.code);
    process.exit(1);
  }
}
