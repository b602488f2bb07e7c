import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cliForTest } from '../fixtures/cli.ts';
import { needs } from '../needs.ts';
import { documents, root } from './documents.ts';
import { isRun, withRealOutput } from './play.ts';
import { openStage, type Stage } from './stage.ts';

// The commands that documents show are run at the rehearsal AWS. `npm test -- test/docs -u` writes their output anew.

const cli = cliForTest();
const aws = needs('aws');
let stage: Stage;
beforeAll(async () => {
  stage = await openStage(cli.program);
}, 60_000);
afterAll(() => stage.close());

const withCommands = documents.filter(({ blocks }) => blocks.some(isRun));

it.skipIf(aws.missing).each(withCommands)('$path shows what its commands print', async (document) => {
  await expect(await withRealOutput(document, stage)).toMatchFileSnapshot(join(root, document.path));
});
