import type { Failure } from '../../core/failure.ts';

const proxies = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];

/**
 * Adds to a `failure` to reach AWS the network settings in `env`, which may let other AWS tools reach it. Like the AWS
 * SDK for JavaScript, this program uses neither a proxy nor AWS_CA_BUNDLE.
 */
export function withNetworkSettings(failure: Failure, env: NodeJS.ProcessEnv): Failure {
  if (failure.code !== 'sts-unreachable') return failure;
  const { AWS_CA_BUNDLE: bundle } = env;
  const isCertificate = failure.params?.reason === 'certificate';
  const proxy = proxies.find((name) => env[name]);
  return {
    ...failure,
    params: {
      ...failure.params,
      ...(bundle && isCertificate && { bundle }),
      ...(proxy !== undefined && { proxy }),
    },
  };
}
