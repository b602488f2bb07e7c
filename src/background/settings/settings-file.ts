import * as v from 'valibot';
import { parseRoleArn, providerName } from '../../core/aws/role.ts';
import { sessionPolicySchema } from '../../core/aws/role-schema.ts';
import { sessionPolicyFailure } from '../../core/aws/session-policy-failure.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { regionSchema } from '../../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { grouped } from '../../core/words/grouped.ts';
import { someSettingsSchema } from '../../webext/settings-schema.ts';
import { readOwnBindings } from '../rules/bindings.ts';
import { readChains } from '../state/chains.ts';
import type { Memory } from '../state/memory.ts';
import { readChosenSettings } from './settings.ts';

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

/** Firefox numbers containers in the order they are made, so a number may mean another container elsewhere. */
const container = v.optional(v.pipe(v.string(), v.maxLength(64)));

/** AWS allows no longer ones. */
const sessionName = v.optional(v.pipe(v.string(), v.maxLength(64)));

/** What can be moved to another browser. It contains no secrets. */
const fileSchema = v.strictObject({
  product: v.literal('roleferry'),
  version: v.literal(1),
  settings: v.strictObject(someSettingsSchema.entries),
  bindings: v.pipe(
    v.array(
      v.pipe(
        v.strictObject({
          issuer,
          providerArn,
          roleArn,
          sessionPolicy: v.exactOptional(sessionPolicySchema),
          profile,
          container,
          sessionName,
          region: v.exactOptional(regionSchema),
        }),
        v.check(
          ({ sessionPolicy: policy, roleArn: arn }) =>
            policy === undefined || sessionPolicyFailure(policy, arn) === undefined,
        ),
      ),
    ),
    v.maxLength(5000),
  ),
  chains: v.pipe(v.array(v.strictObject({ source: profile, roleArn, profile })), v.maxLength(5000)),
});

export type SettingsFile = v.InferOutput<typeof fileSchema>;

/** The user's choices as JSON, without what the administrator set. */
export async function exportSettings(memory: Memory): Promise<Result<string>> {
  const [settings, bindings, chains] = await Promise.all([
    readChosenSettings(memory),
    readOwnBindings(memory),
    readChains(memory),
  ]);
  // On-demand profiles are lines in the config file of this machine, and made anew on another one.
  const moved = bindings.filter(({ onDemand }) => !onDemand);
  const file: SettingsFile = { product: 'roleferry', version: 1, settings, bindings: moved, chains };
  return ok(`${JSON.stringify(file, null, 2)}\n`);
}

/** Reads a file of settings. Failure: `import-refused`. */
export function readSettingsFile(json: string): Result<SettingsFile> {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    return failed(failure('import-refused', { reason: 'not-json' }));
  }
  const read = v.safeParse(fileSchema, content);
  if (read.success) {
    const twins = twinsIn(read.output);
    return twins === undefined ? ok(read.output) : failed(twins);
  }
  const where = v.getDotPath(read.issues[0])?.slice(0, 200);
  const reason = where === undefined ? 'not-settings' : ({ is: 'entry', where } as const);
  return failed(failure('import-refused', { reason }));
}

/** A profile belongs to one login, and a login has one profile. */
function twinsIn({ bindings, chains }: SettingsFile): Failure | undefined {
  const names = new Set<string>();
  const twice = [...bindings, ...chains].find(
    ({ profile: name }) => names.size === names.add(name).size,
  )?.profile;
  if (twice !== undefined) {
    return failure('import-refused', { reason: { is: 'profile-twice', profile: twice } });
  }
  const byRole = grouped(bindings, (one) => one.roleArn);
  const again = bindings.find((one) =>
    byRole.get(one.roleArn)?.some((other) => other !== one && isBoundBy(other, one)),
  );
  return again && failure('import-refused', { reason: { is: 'role-twice', roleArn: again.roleArn } });
}
