import type { IncomingMessage } from 'node:http';
import { failedRequest } from './failed-request.ts';
import { httpsAgentMaker } from './https-agent.ts';

/**
 * Sends a request, if it is for https through what variables and config file name. Follows no redirect. Throws what Node
 * does, and a `FailedRequest` where a setting or a proxy is to blame.
 */
export async function send(address: string, init: RequestInit): Promise<IncomingMessage> {
  const asked = new Request(address, init);
  const body = Buffer.from(await asked.arrayBuffer());
  const isHttps = asked.url.startsWith('https:');
  const maker = isHttps ? await httpsAgentMaker(process.env) : undefined;
  if (maker?.ok === false) throw await failedRequest(maker.failure);
  const { request } = isHttps
    ? process.getBuiltinModule('node:https')
    : process.getBuiltinModule('node:http');
  const options = {
    method: asked.method,
    headers: { 'user-agent': 'roleferry', ...Object.fromEntries(asked.headers) },
    // For http not Node's global one, which the environment may lead through a proxy: http is for this machine.
    agent: isHttps ? maker?.value?.() : false,
    ...(init.signal && { signal: init.signal }),
  };
  return new Promise((resolve, reject) => {
    request(asked.url, options)
      .on('response', resolve)
      .on('error', reject)
      .end(body.length > 0 ? body : undefined);
  });
}
