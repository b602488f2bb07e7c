import { type Bundle, configuredBundle, readBundle } from '../network/authorities.ts';
import { type Finding, fine, ofFailure } from './finding.ts';

/** Whether the files of certificates that are named besides the usual ones can be used. */
export async function checkAuthorities(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const bundle = await configuredBundle(env);
  const { NODE_EXTRA_CA_CERTS: file } = env;
  return [
    ...(bundle ? [examine(bundle, 'broken')] : []),
    // Node goes on without it.
    ...(file ? [examine({ setting: 'NODE_EXTRA_CA_CERTS', file }, 'warning')] : []),
  ];
}

function examine(bundle: Bundle, level: 'broken' | 'warning'): Finding {
  const certificates = readBundle(bundle);
  return certificates.ok
    ? fine('network', `the certificates in ${bundle.file} are trusted too (${bundle.setting})`)
    : ofFailure('network', certificates.failure, level);
}
