import { AwsSdkSigV4Signer } from '@aws-sdk/core/httpAuthSchemes';
import { SMITHY_CONTEXT_KEY } from '@smithy/types';
import { fipsStsHost, stsHost } from '../../../src/core/sts-region.ts';
import { FetchHandler, streamCollector } from './fetch-handler.ts';
import { LeanClient, type Middleware } from './lean-client.ts';
import { SignatureV4 } from './signature.ts';

interface Options {
  region: string;
  maxAttempts: number;
  useFipsEndpoint?: boolean;
  credentials?: unknown;
}

/** Stands for the SDK's STSClient in the extension: it asks by fetch and signs by WebCrypto. */
export class STSClient extends LeanClient {
  constructor({ region, maxAttempts, useFipsEndpoint = false, credentials }: Options) {
    const provider = async () => {
      if (credentials === undefined) throw new Error('Credential is missing');
      return typeof credentials === 'function' ? credentials() : credentials;
    };
    const hostname = (useFipsEndpoint && fipsStsHost(region)) || stsHost(region);
    const signer = new SignatureV4({ credentials: provider });
    super({
      maxAttempts,
      endpoint: async () => ({ protocol: 'https:', hostname, path: '/' }),
      requestHandler: new FetchHandler(),
      streamCollector,
      credentials: provider,
      region: async () => region,
      signer: async () => signer,
      systemClockOffset: 0,
    });
    this.middlewareStack.add(this.sign(region), { step: 'finalizeRequest', priority: 'low' });
  }

  /** AssumeRoleWithSAML carries its proof in itself; everything else is signed, on each attempt anew. */
  private sign(signingRegion: string): Middleware {
    const signer = new AwsSdkSigV4Signer();
    return (next, context) => async (args) => {
      if (context[SMITHY_CONTEXT_KEY].operation === 'AssumeRoleWithSAML') return next(args);
      const properties = { config: this.config, context, signingRegion, signingName: 'sts' };
      const request = await signer.sign(args.request, {} as never, properties);
      const result = await next({ ...args, request }).catch(signer.errorHandler(properties));
      signer.successHandler(result.response, properties);
      return result;
    };
  }
}
