import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { credentialsSource } from '../config/credentials-source.ts';
import type { Settings } from '../format/classify.ts';
import { lastOf } from '../format/temporary-credentials.ts';

/**
 * The profiles from which `name` takes its credentials, `name` last. Each but the first assumes a role with the
 * credentials of the one before. A profile that assumes its role with its own keys, or by `credential_source`, is there
 * twice.
 *
 * Failures: `source-profile-missing`, `source-profile-loop`.
 */
export function sourceChain(profiles: ReadonlyMap<string, Settings>, name: string): Result<string[]> {
  const chain = [name];
  for (let [current = name] = chain; ; current = chain[0] ?? name) {
    const settings = profiles.get(current) ?? [];
    // The keys of a source count, whatever else it has.
    if (chain.length > 1 && hasKeys(settings)) return ok(chain);
    if (credentialsSource(settings) !== 'role') return ok(chain);
    const source = lastOf(settings, 'source_profile');
    if (source === undefined) return ok([current, ...chain]);
    if (!profiles.has(source)) {
      return failed(failure('source-profile-missing', { profile: current, source }));
    }
    if (source === current && hasKeys(settings)) return ok([source, ...chain]);
    if (chain.includes(source)) {
      return failed(failure('source-profile-loop', { profile: current, source }));
    }
    chain.unshift(source);
  }
}

const hasKeys = (settings: Settings): boolean => lastOf(settings, 'aws_access_key_id') !== undefined;
