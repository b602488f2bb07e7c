import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { closingLine } from './closing-line.mjs';
import { root } from './run.mjs';

/**
 * Runs vitest once for each lane of projects, all lanes at the same time: browsers wait a lot, and what the others
 * compute fits in there. The first lane's output is shown as it comes, the next ones' after it. Ends with one line
 * for all of them, and gives the exit status.
 */
export async function runLanes(vitest, lanes) {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-lanes-'));
  try {
    const runs = lanes.map((projects, index) => startLane(vitest, projects, join(folder, `${index}.json`)));
    const counts = [];
    for (const { output, ended, countsFile } of runs) {
      for await (const chunk of output) process.stdout.write(chunk);
      counts.push(readCounts(countsFile, await ended));
    }
    const sum = (name) => counts.reduce((total, one) => total + one[name], 0);
    const failed = sum('failed');
    process.stdout.write(closingLine({ passed: sum('passed'), failed, skipped: sum('skipped') }));
    return failed > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function startLane(vitest, projects, countsFile) {
  const args = [vitest, 'run', ...projects.flatMap((name) => ['--project', name])];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ROLEFERRY_COUNTS: countsFile },
  });
  // Kept until its turn comes: a lane that nobody listens to would stand still.
  const output = child.stdout.pipe(new PassThrough({ highWaterMark: Number.MAX_SAFE_INTEGER }));
  return { output, ended: once(child, 'close').then(([code]) => code ?? 1), countsFile };
}

/** A lane that ended badly without counting is a failure, whatever it ran. */
function readCounts(file, status) {
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
