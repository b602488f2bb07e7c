import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { broker } from './broker.ts';
import { editing } from './editing.ts';
import { hostMemory } from './host-memory.ts';
import { consoleLogin, logins } from './logins.ts';
import { manyRoles } from './many-roles.ts';
import { pages } from './pages.ts';
import { programs } from './programs.ts';
import type { Line, Row } from './row.ts';
import { shownLine } from './shown-line.ts';

const rows: Row[] = [logins, consoleLogin, pages, manyRoles, programs, editing, hostMemory, broker];

const help = `Usage: npm run bench [-- options]

Measures what a person waits for. Product and floor run by turns, so only the ratio of the two counts.

Options:
  --only <name>   one part: ${rows.map(({ name }) => name).join(', ')}
  --rounds <n>    how often product and floor run (default: 21)
  --json <file>   where the result goes (default: .cache/bench.json)
  --help          show this help
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '21' },
    json: { type: 'string', default: '.cache/bench.json' },
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
}
