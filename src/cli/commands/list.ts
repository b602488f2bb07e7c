import { Option } from 'commander';
import { printable, printableJson } from '../../core/words/printable.ts';
import { timeLeft } from '../../core/words/time-left.ts';
import {
  type AwsFiles,
  type KnownProfile,
  knownProfiles,
  readUnderstoodFile,
} from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import type { Define } from '../program/define.ts';
import { brokerOf, brokerProfiles } from '../request/broker-profiles.ts';
import { examples } from '../terminal/examples.ts';
import { isTerminal } from '../terminal/is-terminal.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { styled } from '../terminal/styled.ts';
import { table } from '../terminal/table.ts';
import { tell } from '../terminal/tell.ts';
import { timeWords } from '../terminal/time-words.ts';

export const define: Define = (command) => {
  command
    .description(
      'Show the profiles of the AWS files: account, role and how long their credentials still last, or where AWS tools ' +
        'get them. Contacts no server and shows no secrets.',
    )
    .argument('[text]', 'only profiles with this in their name, account or role')
    .addOption(new Option('--json', 'print JSON, for programs').conflicts('names'))
    .option('--names', 'print only the names of the profiles, one per line')
    .addHelpText(
      'after',
      examples([
        ['roleferry list', 'what there is'],
        ['roleferry list prod', 'those with prod in their name, account or role'],
        ['roleferry list --json', 'the same for a program'],
        ['roleferry list --names', 'for a loop in a shell'],
      ]),
    )
    .action(async (text: string | undefined, { json, names }: { json?: boolean; names?: boolean }) => {
      const files = filesOfHost();
      const listed = await knownProfiles(files);
      if (!listed.ok) return reportFailure(listed.failure);
      const profiles = listed.value.filter((profile) => text === undefined || has(profile, text));
      const config = await readUnderstoodFile(files.configFile);
      if (!config.ok) {
        // Some profiles that AWS tools have, or would have, may be missing.
        await reportFailure(config.failure);
        if (profiles.length === 0) return;
      }
      const brokers = await brokersOf(files, profiles);
      if (json) print(asJson(profiles, brokers, Date.now()));
      else if (names) print(profiles.map(({ name }) => `${printable(name)}\n`).join(''));
      else if (profiles.length > 0) print(asTable(profiles, brokers, Date.now()));
      else if (text === undefined) tell(nothingYet(files.credentialsFile));
      else tell(`no profile has ${printable(text)} in its name, account or role\n`);
    });
};

const has = ({ name, account = '', role = '' }: KnownProfile, text: string): boolean =>
  [name, account, role].some((word) => word.toLowerCase().includes(text.toLowerCase()));

const nothingYet = (file: string) =>
  `no profiles in ${printable(file)} yet\nhint: log in to AWS in the browser and save a profile in the popup\n`;

/** The addresses of the brokers that gave profiles, by their names. */
async function brokersOf(
  files: AwsFiles,
  profiles: readonly KnownProfile[],
): Promise<ReadonlyMap<string, string>> {
  const known = new Set(brokerProfiles().map(({ profile }) => profile));
  const found = await Promise.all(
    profiles.filter(({ name }) => known.has(name)).map(({ name }) => brokerOf(files, name)),
  );
  return new Map(found.flatMap((source) => (source ? [[source.profile, source.url] as const] : [])));
}

function asJson(
  profiles: readonly KnownProfile[],
  brokers: ReadonlyMap<string, string>,
  now: number,
): string {
  const shown = profiles.map((profile) => {
    const { name, kind, source, account, role, rights, expiration, sourceProfile, renewal } = profile;
    return {
      profile: name,
      kind,
      account: account ?? null,
      role: role ?? null,
      rights: rights ?? null,
      expiration: expiration ?? null,
      secondsLeft:
        expiration === undefined ? null : Math.max(0, Math.floor((Date.parse(expiration) - now) / 1000)),
      broker: brokers.get(name) ?? null,
      source,
      sourceProfile: sourceProfile ?? null,
      renewal: renewal ?? null,
    };
  });
  return `${printableJson(shown)}\n`;
}

function asTable(
  profiles: readonly KnownProfile[],
  brokers: ReadonlyMap<string, string>,
  now: number,
): string {
  const more = brokers.size > 0 ? ['BROKER'] : [];
  const rows = profiles.map((profile) => {
    const { account = '', role = '', rights } = profile;
    const broker = more.map(() => brokers.get(profile.name) ?? '');
    const may = rights === undefined ? role : `${role} (${rights})`;
    return [profile.name, account, may, remaining(profile, now), ...broker].map(printable);
  });
  const [header = '', ...lines] = table(
    ['PROFILE', 'ACCOUNT', 'ROLE', 'TIME LEFT', ...more],
    rows,
    2,
    width(),
  );
  const shown = lines.map((line, index) => (rows[index]?.[3] === 'expired' ? styled('red', line) : line));
  return `${[styled('bold', header), ...shown].join('\n')}\n`;
}

/** Output to a file or a program is not cut. A terminal of unknown width says 0. */
const width = () => (isTerminal(1) && process.stdout.columns) || Number.POSITIVE_INFINITY;

function remaining(profile: KnownProfile, now: number): string {
  const { expiration, sourceProfile, credentialSource } = profile;
  if (expiration !== undefined) return timeLeft(Date.parse(expiration), now, timeWords).replace(/ left$/, '');
  switch (profile.source) {
    case 'keys':
      return profile.kind === 'long-lived' ? 'no end (long-lived keys)' : 'unknown';
    case 'role':
      return `from ${sourceProfile ?? credentialSource ?? 'no source'}`;
    case 'roleferry':
      return profile.isOnDemand ? 'on demand' : 'no credentials yet';
    default:
      return ofOthers[profile.source];
  }
}

const ofOthers = {
  'web-identity': 'from a web identity token',
  sso: 'from aws sso login',
  login: 'from aws login',
  process: 'from another program',
  none: 'settings only',
} satisfies Record<Exclude<KnownProfile['source'], 'keys' | 'role' | 'roleferry'>, string>;
