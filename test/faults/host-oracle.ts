import { isUtf8 } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';

/**
 * What the native host must say and write, told a second time from docs/protocol.md and docs/credentials-file.md
 * without any of the host's own code.
 */

const limit = 1024 * 1024;

/** One message that the stream holds whole, or the length of one that is above the limit. */
type WholeFrame = { body: Buffer } | { tooLarge: number };

/** Every complete frame of the stream, in order; one cut off at the end doesn't count. */
export function framesOf(stream: Buffer): WholeFrame[] {
  const frames: WholeFrame[] = [];
  let at = 0;
  while (at + 4 <= stream.length) {
    const length = stream.readUInt32LE(at);
    at += 4;
    if (length > limit) frames.push({ tooLarge: length });
    else if (at + length <= stream.length) frames.push({ body: stream.subarray(at, at + length) });
    at += length;
  }
  return frames;
}

interface Profile {
  name: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: string };
  principalArn: string;
  region?: string;
  replace?: boolean;
}

type Request =
  | { type: 'hello' }
  | { type: 'list-profiles' }
  | { type: 'write-profiles'; profiles: Profile[] };

type Judged = { id: string; request: Request } | { id: string; code: 'message-invalid' | 'message-version' };

/** Which request a body is, if it is one. */
export function judge(body: Buffer): Judged {
  const message = parse(body);
  if (!isObject(message)) return { id: '', code: 'message-invalid' };
  const id = typeof message.id === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(message.id) ? message.id : '';
  if (!Number.isInteger(message.version)) return { id, code: 'message-invalid' };
  if (message.version !== 1) return { id, code: 'message-version' };
  return isRequest(message)
    ? { id, request: message as unknown as Request }
    : { id, code: 'message-invalid' };
}

function parse(body: Buffer): unknown {
  if (!isUtf8(body)) return undefined;
  try {
    // RFC 8259, section 8.1: a byte order mark may be ignored.
    return JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function hasFields(value: unknown, fields: string[], optional: string[] = []): value is Fields {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return (
    fields.every((key) => keys.includes(key)) && keys.every((key) => [...fields, ...optional].includes(key))
  );
}

const matches = (value: unknown, pattern: RegExp): boolean =>
  typeof value === 'string' && pattern.test(value);

function isRequest(message: Fields): boolean {
  if (!matches(message.id, /^[A-Za-z0-9_-]{1,64}$/)) return false;
  if (message.type !== 'write-profiles') {
    return (
      ['hello', 'list-profiles'].includes(message.type as string) &&
      hasFields(message, ['version', 'id', 'type'])
    );
  }
  if (!hasFields(message, ['version', 'id', 'type', 'profiles'])) return false;
  const { profiles } = message;
  return (
    Array.isArray(profiles) && profiles.length > 0 && profiles.length <= 1000 && profiles.every(isProfile)
  );
}

const accountArn = /^arn:aws[a-z-]*:(sts|iam)::[0-9]{12}:[A-Za-z0-9_+=,.@/-]+$/;
// A blank may stand for the T here (RFC 3339, section 5.6); the file takes no such value, see `refusal`.
const utcTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;

function isProfile(profile: unknown): boolean {
  if (!hasFields(profile, ['name', 'credentials', 'principalArn'], ['region', 'replace'])) return false;
  const { name, credentials, principalArn, region, replace } = profile;
  return (
    matches(name, /^[A-Za-z0-9_./%@:+-]{1,128}$/) &&
    name !== '__proto__' &&
    hasFields(credentials, ['accessKeyId', 'secretAccessKey', 'sessionToken', 'expiration']) &&
    matches(credentials.accessKeyId, /^[A-Za-z0-9_]{16,128}$/) &&
    matches(credentials.secretAccessKey, /^[A-Za-z0-9+/=_.-]{1,256}$/) &&
    matches(credentials.sessionToken, /^[A-Za-z0-9+/=_.-]{1,16384}$/) &&
    matches(credentials.expiration, utcTime) &&
    matches(principalArn, accountArn) &&
    (principalArn as string).length <= 2048 &&
    (!('region' in profile) ||
      (matches(region, /^[a-z]{2,}(-[a-z0-9]+){1,4}$/) && String(region).length <= 32)) &&
    (!('replace' in profile) || typeof replace === 'boolean')
  );
}

export type Section = Record<string, string>;

/** What one frame must be answered with, and the request where it may change a file. */
export interface Expected {
  id: string;
  code?: string;
  value?: unknown;
  write?: Buffer;
}

/** What a host tells of itself and of where it works. */
interface Hello {
  hostVersion: string;
  credentialsFile: string;
  configFile: string;
  folder: string;
}

/** The AWS files of a home, as they must be after every request so far. */
export class HostOracle {
  readonly #files: Hello;
  readonly credentials: Map<string, Section>;
  readonly config: Map<string, Section>;

  constructor(files: Hello, credentials: Record<string, Section>, config: Record<string, Section>) {
    this.#files = files;
    this.credentials = new Map(Object.entries(credentials));
    this.config = new Map(Object.entries(config));
  }

  /** Takes one frame in and says what the answer to it must be. */
  expect(frame: WholeFrame): Expected {
    if ('tooLarge' in frame) return { id: '', code: 'message-too-large' };
    const judged = judge(frame.body);
    if ('code' in judged) return judged;
    const { id, request } = judged;
    const { credentialsFile } = this.#files;
    if (request.type === 'hello')
      return { id, value: { ...this.#files, understands: ['source', 'on-demand', 'renamed', 'rights'] } };
    if (request.type === 'list-profiles') {
      const profiles = this.#list();
      const configProfiles = this.#configProfiles();
      const [regions, accountNames] = [this.#regions(), this.#accountNames()];
      return { id, value: { credentialsFile, profiles, configProfiles, regions, accountNames } };
    }
    return { id, value: { credentialsFile, profiles: this.#write(request.profiles) }, write: frame.body };
  }

  #write(profiles: Profile[]) {
    const last = new Map(profiles.map((profile) => [profile.name, profile]));
    const refused = new Set(profiles.filter((profile) => this.#refuses(profile)).map(({ name }) => name));
    for (const { name, replace } of last.values()) {
      if (!replace && this.#isProtected(this.credentials.get(name))) refused.add(name);
    }
    for (const { name, region } of profiles) {
      if (region === undefined || refused.has(name)) continue;
      const regions = profiles.filter((each) => each.name === name).map((each) => each.region);
      this.#setRegion(name, regions.findLast((each) => each !== undefined) ?? region);
    }
    for (const [name, profile] of last) if (!refused.has(name)) this.#set(name, profile);
    return profiles.map(({ name }) => ({ name, ok: !refused.has(name) }));
  }

  /** The protocol lets these through; the files do not take them, with `replace` or without. */
  #refuses({ name, credentials }: Profile): boolean {
    const shadowed = this.config.get(sectionName(name))?.role_arn !== undefined;
    return name === 'DEFAULT' || credentials.expiration.includes(' ') || shadowed;
  }

  #isProtected(section: Section = {}): boolean {
    const { aws_access_key_id: key = '', role_arn: role, source_profile: source } = section;
    return (key !== '' && !isOfRole(key)) || role !== undefined || source !== undefined;
  }

  #set(name: string, { credentials, principalArn }: Profile): void {
    const { role_arn: _role, source_profile: _source, ...kept } = this.credentials.get(name) ?? {};
    this.credentials.set(name, {
      ...kept,
      aws_access_key_id: credentials.accessKeyId,
      aws_secret_access_key: credentials.secretAccessKey,
      aws_session_token: credentials.sessionToken,
      x_security_token_expires: credentials.expiration,
      x_principal_arn: principalArn,
    });
  }

  #setRegion(name: string, region: string): void {
    this.config.set(sectionName(name), { region, ...this.config.get(sectionName(name)) });
  }

  #configProfiles() {
    return [...this.config].map(([name, { role_arn: role }]) => ({
      name: name.replace(/^profile /, ''),
      kind: role === undefined ? 'other' : 'role',
    }));
  }

  #regions() {
    const profiles = [...this.config].filter(([, { region = '' }]) => region !== '');
    return Object.fromEntries(profiles.map(([name, { region }]) => [name.replace(/^profile /, ''), region]));
  }

  /** The only profile of an account lends it its name. */
  #accountNames() {
    const accounts = [...this.config].flatMap(([name, { role_arn: arn }]) =>
      arn === undefined ? [] : [[arn.split(':')[4] ?? '', name.replace(/^profile /, '')] as const],
    );
    return Object.fromEntries(
      accounts.filter(([account]) => accounts.filter(([each]) => each === account).length === 1),
    );
  }

  #list() {
    return [...this.credentials].map(([name, section]) => {
      const { aws_access_key_id: key, x_security_token_expires: expires, x_principal_arn: arn } = section;
      if (section.role_arn) return { name, kind: 'role' };
      if (!key) return { name, kind: 'other' };
      if (!section.aws_session_token || !expires || !isOfRole(key)) {
        return { name, kind: 'long-lived', ...(arn && { principalArn: arn }) };
      }
      return { name, kind: 'temporary', expiration: new Date(expires).toISOString(), principalArn: arn };
    });
  }
}

/** Whether AWS gives such an access key with a role; the protocol lets others through as well. */
const isOfRole = (key: string) => /^ASIA[A-Z0-9]*$/.test(key);

/** The section of the config file that goes with a profile. */
const sectionName = (name: string) => (name === 'default' ? name : `profile ${name}`);

/** Whether `answer` is what it must be, whatever the words of its failures. */
export function isAsExpected(answer: unknown, { id, code, value }: Expected): boolean {
  if (!isObject(answer) || answer.version !== 1 || answer.id !== id) return false;
  if (code !== undefined)
    return answer.ok === false && isFailure(answer.failure) && answer.failure.code === code;
  return answer.ok === true && isDeepStrictEqual(withoutFailures(answer.value), value);
}

/** With words for an extension that does not know the code. */
function isFailure(failure: unknown): failure is Fields {
  if (!hasFields(failure, ['code', 'message', 'hint'], ['params', 'command'])) return false;
  const { params = {}, ...words } = failure;
  return isObject(params) && Object.values(words).every((text) => matches(text, /./));
}

function withoutFailures(value: unknown): unknown {
  if (!isObject(value) || !Array.isArray(value.profiles)) return value;
  const profiles = value.profiles.map(({ failure, ...outcome }: Fields) =>
    outcome.ok === false && !isFailure(failure) ? { failure } : outcome,
  );
  return { ...value, profiles };
}
