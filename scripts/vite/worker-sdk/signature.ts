import { HttpRequest } from '@smithy/core/transport';

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

interface When {
  signingDate: Date;
  signingRegion: string;
  signingService: string;
}

/**
 * Signs POSTs to the root of a host, which all calls of STS are. Stands for the SDK's SignatureV4, which signs
 * everything else too and brings a SHA-256 of its own for where there is no WebCrypto.
 *
 * Source: AWS Signature Version 4 for API requests, "Create a signed AWS API request".
 */
export class SignatureV4 {
  private readonly credentials: () => Promise<Keys>;

  constructor({ credentials }: { credentials: () => Promise<Keys> }) {
    this.credentials = credentials;
  }

  async sign(
    request: HttpRequest,
    { signingDate, signingRegion, signingService }: When,
  ): Promise<HttpRequest> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.credentials();
    const time = signingDate.toISOString().replace(/[-:]|\.\d+/g, '');
    const signed: Record<string, string> = {
      'content-type': request.headers['content-type'] ?? '',
      host: request.hostname,
      'x-amz-date': time,
      ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
    };
    const names = Object.keys(signed).join(';');
    const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}`);
    const canonical = ['POST', '/', '', ...lines, '', names, await sha256(request.body)].join('\n');
    const scope = [time.slice(0, 8), signingRegion, signingService, 'aws4_request'];
    const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), await sha256(canonical)].join('\n');
    let key = bytesOf(`AWS4${secretAccessKey}`);
    for (const part of [...scope, toSign]) key = await hmac(key, part);
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${hex(key)}`;
    return new HttpRequest({ ...request, headers: { ...request.headers, ...signed, authorization } });
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);

const hex = (bytes: Bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const sha256 = async (text: string) =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(text))));

async function hmac(key: Bytes, text: string): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytesOf(text)));
}
