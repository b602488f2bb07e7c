import { errorTypeRegistries } from '@aws-sdk/client-sts';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { getRetryPlugin, StandardRetryStrategy } from '@smithy/core/retry';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import { SMITHY_CONTEXT_KEY } from '@smithy/types';
import type { SentCommand } from './command-builder.ts';

// biome-ignore lint/suspicious/noExplicitAny: the SDK's middleware is typed for its own clients
type Handler = (args: any) => Promise<any>;
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Middleware = (next: Handler, context: any) => Handler;

const steps = ['initialize', 'serialize', 'build', 'finalizeRequest', 'deserialize'];
const priorities = ['high', 'normal', 'low'];

interface Place {
  step?: string;
  priority?: string;
}

const rank = ({ step = 'initialize', priority = 'normal' }: Place) =>
  steps.indexOf(step) * priorities.length + priorities.indexOf(priority);

/** As much of the SDK's stack as is used: steps and priorities, but no places relative to others. */
class MiddlewareStack {
  /** In the order in which they came. */
  readonly entries: [middleware: Middleware, place: Place][] = [];

  add(middleware: Middleware, place: Place): void {
    this.entries.push([middleware, place]);
  }

  // biome-ignore lint/suspicious/noExplicitAny: see above
  use(plugin: any): void {
    plugin.applyToStack(this);
  }

  around(handler: Handler, context: unknown): Handler {
    return this.entries
      .toSorted(([, a], [, b]) => rank(a) - rank(b))
      .reduceRight((next, [middleware]) => middleware(next, context), handler);
  }
}

export interface SendOptions {
  abortSignal?: AbortSignal;
}

/** What is another thing in a browser than in Node. */
interface Surroundings {
  maxAttempts: number;
  endpoint: () => Promise<{ protocol: string; hostname: string; port?: number; path: string }>;
  requestHandler: { handle(request: never, options: SendOptions): Promise<unknown> };
  streamCollector: unknown;
  /** Whatever else the middleware of this client looks up. */
  [more: string]: unknown;
}

/**
 * The SDK's own protocol of STS and its retries put together without what finds out endpoints, regions and ways to
 * sign, all of which are known here.
 */
export class LeanClient {
  readonly middlewareStack = new MiddlewareStack();
  readonly config;

  constructor({ maxAttempts, requestHandler, ...more }: Surroundings) {
    const strategy = new StandardRetryStrategy(maxAttempts);
    this.config = {
      ...more,
      requestHandler,
      protocol: new AwsQueryProtocol({
        defaultNamespace: 'com.amazonaws.sts',
        errorTypeRegistries,
        xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
        version: '2011-06-15',
      }),
      disableHostPrefix: true,
      maxAttempts: async () => maxAttempts,
      retryStrategy: async () => strategy,
    };
    this.middlewareStack.use(getSchemaSerdePlugin(this.config as never));
    this.middlewareStack.use(getRetryPlugin(this.config));
  }

  async send(command: SentCommand, options: SendOptions = {}): Promise<unknown> {
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
}
