import { stsHost } from '../../../src/core/sts-region.ts';
import type { SentCommand } from '../worker-sdk/command-builder.ts';
import { LeanClient, type SendOptions } from '../worker-sdk/lean-client.ts';
import { HttpHandler, streamCollector } from './http-handler.ts';
import { isSdkConfigured } from './sdk-configured.ts';

interface Options {
  region: string;
  maxAttempts: number;
  useFipsEndpoint?: boolean;
}

/**
 * Stands for the SDK's STSClient where only an assertion is redeemed, which needs neither credentials nor a signature.
 * Where the SDK is told more than this client knows of, the whole SDK is loaded and asks in its place.
 */
export class STSClient extends LeanClient {
  private readonly options: Options;
  private readonly ownEntries: number;

  constructor(options: Options) {
    const { region, maxAttempts } = options;
    super({
      maxAttempts,
      endpoint: async () => endpointIn(region),
      requestHandler: new HttpHandler(),
      streamCollector,
    });
    this.options = options;
    this.ownEntries = this.middlewareStack.entries.length;
  }

  override async send(command: SentCommand, options: SendOptions = {}): Promise<unknown> {
    const isPlain = !this.options.useFipsEndpoint && !(await isSdkConfigured(process.env));
    if (isPlain) return super.send(command, options);
    const { AssumeRoleWithSAMLCommand, STSClient: WholeClient } = await import('@aws-sdk/client-sts');
    const client = new WholeClient(this.options);
    for (const [middleware, place] of this.middlewareStack.entries.slice(this.ownEntries)) {
      client.middlewareStack.add(middleware as never, place as never);
    }
    return client.send(new AssumeRoleWithSAMLCommand(command.input as never), options);
  }
}

function endpointIn(region: string) {
  const { protocol, hostname, port, pathname } = new URL(
    process.env.AWS_ENDPOINT_URL_STS || `https://${stsHost(region)}`,
  );
  return { protocol, hostname, path: pathname, ...(port === '' ? {} : { port: Number(port) }) };
}
