import { lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { failure } from '../../src/core/failure.ts';
import { failed, ok } from '../../src/core/result.ts';
import { answerEnvelope } from '../../src/native-host/answer-envelope.ts';
import { encodeFrame, FrameDecoder } from '../../src/native-host/framing.ts';
import { type HandleContext, handle } from '../../src/native-host/handle.ts';
import { HostProcess } from '../fixtures/host-process.ts';
import { needs } from '../needs.ts';
import { startBotocore } from '../oracle/aws-file-readers.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { tries } from '../tries.ts';
import { type Expected, framesOf, HostOracle, isAsExpected, judge, type Section } from './host-oracle.ts';
import { cutAnywhere, hostileStream, newSecret, secretMark } from './hostile-stream.ts';
import { Seeded } from './seeded.ts';

const python = needs('botocore');
// The same each time, so that a finding comes from a change; `ROLEFERRY_SEED` looks elsewhere.
const seed = Number(process.env.ROLEFERRY_SEED ?? 20261122);
const hostFile = fileURLToPath(new URL('../../dist/node/native-host.cjs', import.meta.url));

/** A home folder before: a person's own keys and settings, none of which may get lost. */
const credentialsBefore: Record<string, Section> = {
  default: { region: 'eu-west-1' },
  'long-lived': {
    aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE',
    aws_secret_access_key: newSecret(new Seeded(seed)),
  },
  role: { role_arn: 'arn:aws:iam::123456789012:role/R', source_profile: 'long-lived' },
  notes: { mine: 'kept' },
};
const configBefore: Record<string, Section> = {
  default: { output: 'json' },
  'profile shadowed': { role_arn: 'arn:aws:iam::123456789012:role/R', source_profile: 'long-lived' },
  'profile kept': { region: 'ap-south-1' },
};

const rendered = (sections: Record<string, Section>) =>
  Object.entries(sections)
    .map(([name, keys]) => [`# ${name}\n[${name}]`, ...Object.entries(keys).map((pair) => pair.join(' = '))])
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');

/** A home, what was played to its host, and all that was not as it must be. */
interface Trial {
  home: ScratchHome;
  oracle: HostOracle;
  random: Seeded;
  frames: number;
  hostile: number;
  writes: Buffer[];
  wrongAnswers: unknown[];
  touched: unknown[];
  leaks: unknown[];
  ends: unknown[];
}

async function newTrial(hostVersion: string): Promise<Trial> {
  const home = await makeScratchHome();
  writeFileSync(home.credentialsFile, rendered(credentialsBefore), { mode: 0o600 });
  writeFileSync(home.configFile, rendered(configBefore));
  const { credentialsFile, configFile } = home;
  const files = { hostVersion, credentialsFile, configFile, folder: ownFolder(home) };
  return {
    home,
    oracle: new HostOracle(files, credentialsBefore, configBefore),
    random: new Seeded(seed),
    frames: 0,
    hostile: 0,
    writes: [],
    wrongAnswers: [],
    touched: [],
    leaks: [],
    ends: [],
  };
}

const hostVersion = '1.2.3';

/** Where the host keeps the settings of a person. */
const ownFolder = ({ path }: ScratchHome): string => join(path, '.local/share/roleferry');

const contextOf = (home: ScratchHome): HandleContext => ({
  folder: ownFolder(home),
  env: { AWS_SHARED_CREDENTIALS_FILE: home.credentialsFile, AWS_CONFIG_FILE: home.configFile },
  hostVersion,
  isConnected: () => true,
  putProcessProgram: async () => ok(join(ownFolder(home), 'roleferry')),
  untilNext: () => AbortSignal.timeout(1000),
  told: new Set(),
});

/** As main.ts does it for a frame; only the host's pipes are missing. */
async function answerTo(frame: ReturnType<FrameDecoder['push']>[number], { home }: Trial) {
  if (frame.kind === 'message') return encodeFrame(await handle(frame.bytes, contextOf(home)));
  const tooLarge = failure('message-too-large', { bytes: frame.byteLength, limit: 1024 * 1024 });
  return encodeFrame(answerEnvelope('', failed(tooLarge)));
}

/** Plays one connection in this process and looks at the files around every request that may write. */
async function playHere(trial: Trial, stream: Buffer): Promise<void> {
  const expected = framesOf(stream).map((frame) => trial.oracle.expect(frame));
  const decoder = new FrameDecoder();
  const answers: Buffer[] = [];
  let before = snapshotOf(trial.home.path);
  const look = () => {
    if (snapshotOf(trial.home.path) !== before) trial.touched.push({ beforeFrame: answers.length });
  };
  for (const chunk of cutAnywhere(trial.random, stream)) {
    for (const frame of decoder.push(chunk)) {
      const mayWrite = expected[answers.length]?.write !== undefined;
      if (mayWrite) look();
      answers.push(await answerTo(frame, trial));
      if (mayWrite) before = snapshotOf(trial.home.path);
    }
  }
  look();
  const said = Buffer.concat(answers);
  const spoken = framesOf(said).map((frame) => ('body' in frame ? JSON.parse(frame.body.toString()) : frame));
  judgeAnswers(trial, stream, expected, spoken, said.toString());
}

/** Plays one connection to the built host, as a browser does, and closes it. */
async function playToHost(trial: Trial, stream: Buffer): Promise<void> {
  const before = snapshotOf(trial.home.path);
  const expected = framesOf(stream).map((frame) => trial.oracle.expect(frame));
  const host = new HostProcess({ command: [process.execPath, hostFile], home: trial.home.path });
  for (const chunk of cutAnywhere(trial.random, stream)) await host.send(chunk);
  // Nothing more is written for a browser that is gone.
  const answered: unknown[] = [];
  while (answered.length < expected.length) answered.push(await host.next());
  const { code, answers: more, strayBytes } = await host.end();
  const answers = [...answered, ...more];
  trial.ends.push({ code, strayBytes, stderr: host.stderr });
  judgeAnswers(trial, stream, expected, answers, JSON.stringify(answers) + host.stderr);
  const quiet = expected.every(({ write }) => write === undefined);
  if (quiet && snapshotOf(trial.home.path) !== before) trial.touched.push({ connection: trial.ends.length });
}

function judgeAnswers(trial: Trial, stream: Buffer, expected: Expected[], answers: unknown[], said: string) {
  const frames = framesOf(stream);
  for (let index = 0; index < Math.max(expected.length, answers.length); index++) {
    const wanted = expected[index];
    if (wanted?.write) trial.writes.push(wanted.write);
    if (wanted?.value === undefined) trial.hostile++;
    if (wanted && isAsExpected(answers[index], wanted)) continue;
    const frame = frames[index];
    const shown = frame && 'body' in frame ? frame.body.toString().slice(0, 1500) : frame;
    trial.wrongAnswers.push({
      frame: trial.frames + index,
      shown,
      wanted: { ...wanted, write: undefined },
      answer: answers[index],
    });
  }
  trial.frames += expected.length;
  const leak = said.indexOf(secretMark);
  if (leak !== -1) trial.leaks.push(said.slice(Math.max(0, leak - 200), leak + 50));
}

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

/** Everything in a folder: names, modes, contents, and whether a file was put in the place of another. */
function snapshotOf(folder: string): string {
  return filesIn(folder)
    .map((name) => {
      const path = join(folder, name);
      const stats = lstatSync(path, { bigint: true });
      const content = stats.isFile() ? readFileSync(path, 'latin1') : '';
      const link = stats.isSymbolicLink() ? readlinkSync(path) : '';
      return [name, stats.mode, stats.ino, stats.isDirectory() ? '' : stats.mtimeNs, link, content].join(
        '\0',
      );
    })
    .join('\0\0');
}

const isNoWrite = (body: Buffer) => {
  const judged = judge(body);
  return 'code' in judged || judged.request.type !== 'write-profiles';
};

/** A write takes a hundred times as long as a refusal. */
const fewWrites = (random: Seeded, share: number) => (body: Buffer) =>
  isNoWrite(body) || random.chance(share);

const ways = {
  'in this process': async () => {
    const trial = await newTrial(hostVersion);
    for (let round = 0; trial.hostile < tries(20_000, 77_000); round++) {
      const allow = fewWrites(trial.random, 0.15);
      await playHere(trial, hostileStream(trial.random, { frames: 400, allow, large: round % 50 === 0 }));
    }
    return trial;
  },
  'in the built host': async () => {
    const trial = await newTrial(packageJson.version);
    for (let round = 0; trial.hostile < tries(6_000, 24_000); round++) {
      const allow = round % 2 === 0 ? isNoWrite : fewWrites(trial.random, 0.5);
      await playToHost(trial, hostileStream(trial.random, { frames: 3_000, allow, large: round % 4 < 2 }));
    }
    return trial;
  },
};

describe.each(Object.entries(ways))('any bytes, %s', (way, play) => {
  let trial: Trial;

  beforeAll(async () => {
    console.log(`native host fuzzed ${way} with seed ${seed}; ROLEFERRY_SEED=${seed} repeats it`);
    const start = performance.now();
    trial = await play();
    const { frames, hostile, writes } = trial;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${frames} frames, ${hostile} of them not valid, ${writes.length} that write, in ${seconds} s`,
    );
  }, 120_000);

  afterAll(() => trial?.home.close());

  test('every complete frame is answered once, in order, with the id of its request where that was valid', () => {
    expect(trial.wrongAnswers.slice(0, 3)).toEqual([]);
    expect(trial.writes.length).toBeGreaterThan(tries(25, 100));
  });

  test('a request that is not valid touches no file', () => {
    expect(trial.touched).toEqual([]);
  });

  test('no answer and no line on stderr has a secret in it', () => {
    expect(trial.leaks.slice(0, 3)).toEqual([]);
  });

  if (way === 'in the built host') {
    test('the host ends when its stdin does, with 0 and without a word', () => {
      const quietly = { code: 0, strayBytes: 0, stderr: '' };
      expect(trial.ends).toEqual(Array(trial.ends.length || 1).fill(quietly));
    });

    test('the valid requests alone make the same files, byte for byte', async () => {
      const alone = await newTrial(hostVersion);
      const { credentialsFile, configFile } = alone.home;
      for (const body of trial.writes) await handle(body, contextOf(alone.home));
      expect(readFileSync(trial.home.credentialsFile, 'latin1')).toBe(
        readFileSync(credentialsFile, 'latin1'),
      );
      expect(readFileSync(trial.home.configFile, 'latin1')).toBe(readFileSync(configFile, 'latin1'));
      await alone.home.close();
    });
  }

  test.skipIf(python.missing)('botocore finds what the valid requests wrote, and nothing else', async () => {
    const { home, oracle } = trial;
    const botocore = await startBotocore(python.path);
    try {
      const credentials = readFileSync(home.credentialsFile);
      const { sections } = await botocore.read(credentials, 'default');
      expect(sections).toEqual(Object.fromEntries(oracle.credentials));
      const config = await botocore.read(readFileSync(home.configFile), 'default');
      expect(config.sections).toEqual(Object.fromEntries(oracle.config));
      for (const [name, keys] of oracle.credentials) {
        if (!keys.aws_session_token) continue;
        const { aws_access_key_id, aws_secret_access_key, aws_session_token } = keys;
        const read = await botocore.read(credentials, name);
        expect(read.credentials).toEqual([aws_access_key_id, aws_secret_access_key, aws_session_token]);
      }
    } finally {
      await botocore.stop();
    }
    // Beside them only a note, in a folder of its own, of the sections that the host wrote.
    const note = /^\.local(\/share(\/roleferry(\/cache(\/written-[0-9a-f]{64}\.json)?)?)?)?$/;
    const others = filesIn(home.path).filter((name) => !note.test(name));
    expect(others).toEqual(['.aws', '.aws/config', '.aws/credentials']);
  });
});
