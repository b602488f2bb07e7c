import { fileURLToPath } from 'node:url';

export const own = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The modules of the SDK that extension and CLI replace alike, by what takes their places. */
export const leanModules = {
  '@aws-sdk/client-sts/dist-es/commandBuilder.js': own('worker-sdk/command-builder.ts'),
  '@aws-sdk/client-sts/dist-es/models/errors.js': own('worker-sdk/errors.ts'),
  '@aws-sdk/core/dist-es/submodules/protocols/query/QueryShapeSerializer.js': own(
    'worker-sdk/query-serializer.ts',
  ),
  '@smithy/core/dist-es/submodules/protocols/serde/FromStringShapeDeserializer.js':
    own('worker-sdk/from-string.ts'),
  '@smithy/core/dist-es/submodules/protocols/RpcProtocol.js': own('worker-sdk/rpc-protocol.ts'),
  '@smithy/core/dist-es/submodules/retry/middleware-retry/parseRetryAfterHeader.js':
    own('worker-sdk/retry-after.ts'),
};

/** The pieces of the SDK that both leave out. */
export const leanPieces: Record<string, [from: RegExp, to: string]> = {
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
};
