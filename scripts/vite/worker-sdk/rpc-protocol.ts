import { TypeRegistry } from '@smithy/core/schema';
import { HttpRequest } from '@smithy/core/transport';

interface Options {
  defaultNamespace: string;
  errorTypeRegistries: TypeRegistry[];
}

interface Context {
  endpoint(): Promise<{ protocol: string; hostname: string; path: string }>;
}

/** Stands for the SDK's ground of protocols like that of STS: no event streams, host prefixes or bindings to HTTP. */
export abstract class RpcProtocol {
  protected readonly compositeErrorRegistry: TypeRegistry;
  protected abstract readonly serializer: { write(schema: unknown, input: unknown): void; flush(): string };

  constructor({ defaultNamespace, errorTypeRegistries }: Options) {
    this.compositeErrorRegistry = new TypeRegistry(defaultNamespace);
    for (const registry of errorTypeRegistries) this.compositeErrorRegistry.copyFrom(registry);
  }

  async serializeRequest(
    operation: { input: unknown },
    input: object,
    context: Context,
  ): Promise<HttpRequest> {
    this.serializer.write(operation.input, input);
    const body = this.serializer.flush();
    return new HttpRequest({ ...(await context.endpoint()), method: 'POST', headers: {}, query: {}, body });
  }

  protected deserializeMetadata({
    statusCode,
    headers,
  }: {
    statusCode: number;
    headers: Record<string, string>;
  }) {
    return { httpStatusCode: statusCode, requestId: headers['x-amzn-requestid'] };
  }
}
