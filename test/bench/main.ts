import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assertions } from './assertions.ts';
import { bytes } from './bytes.ts';
import { editing } from './editing.ts';
import { hostMemory } from './host-memory.ts';
import { consoleLogin, logins } from './logins.ts';
import { manyRoles } from './many-roles.ts';
import { pages } from './pages.ts';
import { programs } from './programs.ts';
import type { Line, Row } from './row.ts';
import { shownLine } from './shown-line.ts';
import { timeline } from './timeline.ts';
import { timelinePicture } from './timeline-picture.ts';
import { workerMemory } from './worker-memory.ts';

const rows: Row[] = [
  bytes,
  assertions,
  editing,
  programs,
  hostMemory,
  timeline,
  logins,
  consoleLogin,
  pages,
  manyRoles,
  workerMemory,
];

const help = `Usage: npm run bench [-- options]

Measures the built product beside floors that are run by turns with it, so that only the ratios count.

Options:
  --only <name>    one part: ${rows.map(({ name }) => name).join(', ')}
  --rounds <n>     how often each of the two is run (default: 21)
  --json <file>    where the result goes (default: .cache/bench.json)
  --picture <file> where a picture of the timeline of a login goes (SVG)
  --help           show this help
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '21' },
    json: { type: 'string', default: '.cache/bench.json' },
    picture: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(help);
else await bench(roundsOf(values.rounds));

function roundsOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--rounds takes a number from 1 on, not ${text}`);
  return Number(text);
}

async function bench(rounds: number): Promise<void> {
  const chosen = rows.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0) throw new Error(`there is no part ${values.only}`);
  if (values.picture !== undefined && !chosen.includes(timeline))
    throw new Error('--picture needs the part timeline');
  const machine = {
    processors: `${cpus().length} × ${cpus()[0]?.model}`,
    system: `${process.platform} ${release()}`,
    node: process.version,
    'load before': loadavg().map((load) => load.toFixed(1)),
  };
  console.log(JSON.stringify(machine));
  const lines: Line[] = [];
  for (const row of chosen) {
    for await (const line of row.measure(rounds)) {
      lines.push(line);
      console.log(shownLine(line));
    }
  }
  const result = { machine: { ...machine, 'load after': loadavg().map((load) => load.toFixed(1)) }, lines };
  const file = resolve(values.json);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  if (values.picture !== undefined) writeFileSync(resolve(values.picture), timelinePicture(lines));
}
