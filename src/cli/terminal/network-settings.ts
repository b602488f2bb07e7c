import type { Failure } from '../../core/failure.ts';

const proxies = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];

/**
 * `failure` with what is set in `env` for other AWS tools, where AWS cannot be reached: it may be why these reach it.
 * As the AWS SDK for JavaScript, this program heeds neither a proxy nor AWS_CA_BUNDLE.
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
