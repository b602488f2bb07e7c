import * as v from 'valibot';
import { type Failure, failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { parseRoleArn, providerName } from '../core/role.ts';
import { bindingRefusal, readRules } from './binding-refusal.ts';
import { type Binding, isBoundBy, readOwnBindings } from './bindings.ts';
import { browser } from './browser.ts';
import { readChains, setChain } from './chains.ts';
import { rebind } from './rebind.ts';
import { changeSettings, readChosenSettings } from './settings.ts';
import { someSettingsSchema } from './settings-schema.ts';

const profile = v.pipe(
  v.string(),
  v.check((name) => profileNameFailure(name) === undefined),
);
const roleArn = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((arn) => parseRoleArn(arn) !== undefined),
);
const providerArn = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((arn) => providerName(arn) !== undefined),
);
const issuer = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));

/** Firefox numbers containers in the order they are made: in another profile the number may be another's. */
const container = v.optional(v.pipe(v.string(), v.maxLength(64)));

/** AWS allows no longer ones. */
const sessionName = v.optional(v.pipe(v.string(), v.maxLength(64)));

/** What can be carried from one browser to another: no secret is in it. */
const fileSchema = v.strictObject({
  product: v.literal('roleferry'),
  version: v.literal(1),
  settings: v.strictObject(someSettingsSchema.entries),
  bindings: v.pipe(
    v.array(v.strictObject({ issuer, providerArn, roleArn, profile, container, sessionName })),
    v.maxLength(5000),
  ),
  chains: v.pipe(v.array(v.strictObject({ source: profile, roleArn, profile })), v.maxLength(5000)),
});

type SettingsFile = v.InferOutput<typeof fileSchema>;

/** What the person chose, as JSON for a file; what the administrator fixed is not in it. */
export async function exportSettings(): Promise<Result<string>> {
  const [settings, bindings, chains] = await Promise.all([
    readChosenSettings(),
    readOwnBindings(),
    readChains(),
  ]);
  const file: SettingsFile = { product: 'roleferry', version: 1, settings, bindings, chains };
  return ok(`${JSON.stringify(file, null, 2)}\n`);
}

/**
 * Takes over what a file of another browser holds, all of it or nothing: bindings, second roles, names and links are
 * added, other settings replaced. A profile that is another login's here is never given to another one that way.
 */
export async function importSettings(json: string): Promise<Result<void>> {
  const file = readFile(json);
  if (!file.ok) return file;
  const refusal = twinsIn(file.value) ?? (await conflictOf(file.value));
  if (refusal !== undefined) return failed(refusal);
  const { settings, bindings, chains } = file.value;
  const before = await readChosenSettings();
  const mayKeepFresh = await browser.permissions.contains({ permissions: ['idle'] });
  await changeSettings({
    ...settings,
    ...(settings.keepFresh ? { keepFresh: mayKeepFresh } : {}),
    ...(settings.accounts ? { accounts: { ...before.accounts, ...settings.accounts } } : {}),
    ...(settings.signInLinks ? { signInLinks: { ...before.signInLinks, ...settings.signInLinks } } : {}),
  });
  await rebind(...bindings);
  for (const chain of chains) await setChain(chain);
  return ok(undefined);
}

function readFile(json: string): Result<SettingsFile> {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    return failed(failure('import-refused', { reason: 'this is no JSON' }));
  }
  const read = v.safeParse(fileSchema, content);
  if (read.success) return ok(read.output);
  const where = v.getDotPath(read.issues[0]) ?? 'the whole';
  return failed(failure('import-refused', { reason: `${where.slice(0, 200)} is not as it must be` }));
}

/** A profile is one login's, and a login has one profile. */
function twinsIn({ bindings, chains }: SettingsFile): Failure | undefined {
  const names = [...bindings, ...chains].map((one) => one.profile);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    return failure('import-refused', { reason: `the profile ${twice} is in the file more than once` });
  }
  const again = bindings.find((one, index) =>
    bindings.slice(0, index).some((other) => isBoundBy(other, one)),
  );
  return again && failure('import-refused', { reason: `the role ${again.roleArn} is bound more than once` });
}

async function conflictOf({ bindings, chains }: SettingsFile): Promise<Failure | undefined> {
  const rules = await readRules();
  for (const { profile: name, ...key } of bindings) {
    const refusal = bindingRefusal(key, { profile: name }, rules);
    if (refusal !== undefined) return failure('import-refused', { reason: withoutStop(refusal) });
  }
  const { bindings: here, chains: chainsHere } = rules;
  // Without a container it would take the place of all of them.
  const many = bindings.find((one) => here.filter((other) => isBoundBy(other, one)).length > 1);
  if (many !== undefined) {
    const reason = `the role ${many.roleArn} has a profile for each of several containers here`;
    return failure('import-refused', { reason });
  }
  const sources = new Set([...here, ...bindings].map((one) => one.profile));
  for (const chain of chains) {
    const other = chainsHere.find((one) => one.profile === chain.profile && one.roleArn !== chain.roleArn);
    const holder = other ?? here.find((one: Binding) => one.profile === chain.profile);
    if (holder !== undefined) {
      const reason = `the profile ${chain.profile} is that of another role here: ${holder.roleArn}`;
      return failure('import-refused', { reason });
    }
    if (!sources.has(chain.source)) {
      return failure('import-refused', { reason: `no login is bound to the profile ${chain.source}` });
    }
  }
  return undefined;
}

const withoutStop = ({ message }: Failure): string => message.replace(/\.$/, '');
