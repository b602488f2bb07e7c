import type { Plugin } from 'vite';
import { leanModules, leanPieces, own } from './lean-sdk.ts';
import { substitute } from './substitute.ts';

/**
 * The whole AWS SDK takes Node longer to load than STS takes to answer, and redeeming an assertion needs little of it:
 * no credentials, no signature. That call alone has a lean copy of it; AssumeRole keeps the whole SDK. What takes the
 * place of what, and why: docs/decisions/0003-aws-sdk-in-a-worker.md.
 */
export const sdkForCli = (): Plugin =>
  substitute('sdk-for-cli', {
    copy: {
      by: '/src/core/exchange.ts',
      packages: /\/(node_modules\/@(aws-sdk|smithy)|scripts\/vite)\//,
      mark: '?lean',
    },
    modules: {
      ...leanModules,
      '@aws-sdk/client-sts/dist-es/STSClient.js': own('cli-sdk/sts-client.ts'),
      '@aws-sdk/xml-builder/dist-es/xml-parser.js': own('worker-sdk/xml-parser.ts'),
    },
    pieces: leanPieces,
  });
