import { readConfig } from '../files/read-text.ts';
import { readAsAwsTools } from '../format/aws-readers.ts';

/** The names of the sections `[sso-session NAME]` of a config file. An unreadable file has none, also to AWS tools. */
export async function readSsoSessions(configFile: string): Promise<ReadonlySet<string>> {
  const config = await readConfig(configFile);
  // Stryker disable next-line StringLiteral: neither has a section
  const readings = Object.values(readAsAwsTools(config.ok ? config.value : ''));
  const sections = readings.flatMap((reading) => [...(reading?.sections.keys() ?? [])]);
  return new Set(sections.flatMap((name) => /^sso-session[ \t.]\s*(["']?)(.*)\1$/.exec(name)?.[2] ?? []));
}
