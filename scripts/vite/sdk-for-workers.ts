import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { substitute } from './substitute.ts';

const own = (file: string) => fileURLToPath(new URL(`worker-sdk/${file}`, import.meta.url));

/**
 * The AWS SDK for browsers needs what a service worker has not, and brings much that two calls of STS do not need.
 * What takes the place of what, and why: docs/decisions/0003-aws-sdk-in-a-worker.md.
 */
export const sdkForWorkers = (): Plugin =>
  substitute('sdk-for-workers', {
    modules: {
      '@aws-sdk/client-sts/dist-es/STSClient.js': own('sts-client.ts'),
      '@aws-sdk/client-sts/dist-es/commandBuilder.js': own('command-builder.ts'),
      '@aws-sdk/client-sts/dist-es/models/errors.js': own('errors.ts'),
      '@aws-sdk/core/dist-es/submodules/protocols/query/QueryShapeSerializer.js': own('query-serializer.ts'),
      '@aws-sdk/xml-builder/dist-es/xml-parser.browser.js': own('xml-parser.ts'),
      '@smithy/core/dist-es/submodules/protocols/serde/FromStringShapeDeserializer.js': own('from-string.ts'),
      '@smithy/core/dist-es/submodules/protocols/RpcProtocol.js': own('rpc-protocol.ts'),
      '@smithy/core/dist-es/submodules/retry/middleware-retry/parseRetryAfterHeader.js':
        own('retry-after.ts'),
      'xmlchars/xml/1.1/ed2.js': own('xml-chars.ts'),
    },
    pieces: {
      // What other protocols than that of STS need of it.
      '@aws-sdk/core/dist-es/submodules/protocols/ProtocolLib.js': [
        / {4}resolveRestContentType\([\s\S]*?(?= {4}async getErrorSchema)| {4}setQueryCompatError\([\s\S]*?(?= {4}findQuery)/g,
        '',
      ],
      // Exceptions of calls that are never made.
      '@aws-sdk/client-sts/dist-es/schemas/schemas_0.js': [
        /export var (ExpiredTradeInToken|IDPCommunicationError|InvalidAuthorizationMessage|JWTPayloadSizeExceeded|OutboundWebIdentityFederationDisabled|SessionDurationEscalation)Exception\$ = [\s\S]*?\nn0_registry\.registerError\(\1Exception\$.*\n/g,
        '',
      ],
      // Two of its messages end in these words, on which the check for `document.` would stumble.
      'saxes/saxes.js': [/of the document\./g, 'of the document'],
    },
  });
