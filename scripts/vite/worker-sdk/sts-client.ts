import { errorTypeRegistries } from '@aws-sdk/client-sts';
import { AwsSdkSigV4Signer } from '@aws-sdk/core/httpAuthSchemes';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { getRetryPlugin, StandardRetryStrategy } from '@smithy/core/retry';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import { FetchHttpHandler, streamCollector } from '@smithy/fetch-http-handler';
import { SMITHY_CONTEXT_KEY } from '@smithy/types';
import { stsHost } from '../../../src/core/sts-region.ts';
import type { SentCommand } from './command-builder.ts';
import { SignatureV4 } from './signature.ts';

// biome-ignore lint/suspicious/noExplicitAny: the SDK's middleware is typed for its own clients
type Handler = (args: any) => Promise<any>;
// biome-ignore lint/suspicious/noExplicitAny: see above
type Middleware = (next: Handler, context: any) => Handler;

const steps = ['initialize', 'serialize', 'build', 'finalizeRequest', 'deserialize'];
const priorities = ['high', 'normal', 'low'];

/** As much of the SDK's stack as is used: steps and priorities, but no places relative to others. */
class MiddlewareStack {
  private readonly entries: { place: number; middleware: Middleware }[] = [];

  add(middleware: Middleware, { step = 'initialize', priority = 'normal' }): void {
    const place = steps.indexOf(step) * priorities.length + priorities.indexOf(priority);
    this.entries.push({ place, middleware });
    this.entries.sort((a, b) => a.place - b.place);
  }

  // biome-ignore lint/suspicious/noExplicitAny: see above
  use(plugin: any): void {
    plugin.applyToStack(this);
  }

  around(handler: Handler, context: unknown): Handler {
    return this.entries.reduceRight((next, { middleware }) => middleware(next, context), handler);
  }
}

interface Options {
  region: string;
  maxAttempts: number;
  credentials?: unknown;
}

/**
 * Stands for the SDK's STSClient in the extension: the SDK's own protocol, retries, signature and fetch handler put
 * together without what finds out endpoints, regions and ways to sign, all of which are known here.
 */
export class STSClient {
  readonly middlewareStack = new MiddlewareStack();
  readonly config;

  constructor({ region, maxAttempts, credentials }: Options) {
    const provider = async () => {
      if (credentials === undefined) throw new Error('Credential is missing');
      return typeof credentials === 'function' ? credentials() : credentials;
    };
    const signer = new SignatureV4({ credentials: provider });
    const strategy = new StandardRetryStrategy(maxAttempts);
    this.config = {
      credentials: provider,
      region: async () => region,
      endpoint: async () => ({ protocol: 'https:', hostname: stsHost(region), path: '/' }),
      protocol: new AwsQueryProtocol({
        defaultNamespace: 'com.amazonaws.sts',
        errorTypeRegistries,
        xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
        version: '2011-06-15',
      }),
      requestHandler: new FetchHttpHandler(),
      streamCollector,
      disableHostPrefix: true,
      maxAttempts: async () => maxAttempts,
      retryStrategy: async () => strategy,
      signer: async () => signer,
      systemClockOffset: 0,
    };
    this.middlewareStack.use(getSchemaSerdePlugin(this.config as never));
    this.middlewareStack.use(getRetryPlugin(this.config));
    this.middlewareStack.add(this.sign(region), { step: 'finalizeRequest', priority: 'low' });
  }

  async send(command: SentCommand, options: { abortSignal?: AbortSignal } = {}): Promise<unknown> {
    const { operation, operationSchema } = command;
    const context = {
      clientName: 'STSClient',
      commandName: `${operation}Command`,
      [SMITHY_CONTEXT_KEY]: { operation, operationSchema, commandInstance: command, ...options },
    };
    const { requestHandler } = this.config;
    const handle = ({ request }: { request: never }) => requestHandler.handle(request, options);
    return (await this.middlewareStack.around(handle, context)(command)).output;
  }

  destroy(): void {}

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
