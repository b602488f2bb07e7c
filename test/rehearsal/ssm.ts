import { randomUUID } from 'node:crypto';
import { type Callers, mayDo } from './callers.ts';
import type { Answer, Arrived } from './exchange.ts';
import { regionOfHost } from './hosts.ts';
import { Refusal, refusals } from './refusal.ts';
import { verifySignature } from './sigv4.ts';

/** How requests of this service are told from those of others that come to the same address. */
const target = /^AmazonSSM\.(GetParameter|PutParameter)$/;

export const isForSsm = ({ headers }: Arrived): boolean =>
  /^AmazonSSM\./.test(String(headers['x-amz-target']));

/**
 * A small Parameter Store, for something to read and to write with credentials: what role and session policies allow.
 */
export function makeSsm(callers: Callers, now: () => number): (request: Arrived) => Answer {
  const parameters = new Map<string, { value: string; version: number }>();

  function answer(request: Arrived): object {
    const [, action] = target.exec(String(request.headers['x-amz-target'])) ?? [];
    if (action === undefined) throw new Refusal(400, 'UnknownOperationException', '');
    const caller = verifySignature(request, callers.find, now(), 'ssm');
    const { Name: name = '', Value: value = '' } = JSON.parse(request.body.toString());
    const [, partition, , , account] = caller.arn.split(':');
    const region = regionOfHost(request.host) ?? 'us-east-1';
    const arn = `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
    if (!mayDo(caller, `ssm:${action}`, arn)) throw refusals.notAllowed(caller.arn, `ssm:${action}`, arn);
    const key = `${account} ${name}`;
    const before = parameters.get(key);
    if (action === 'PutParameter') {
      const version = (before?.version ?? 0) + 1;
      parameters.set(key, { value, version });
      return { Version: version, Tier: 'Standard' };
    }
    if (before === undefined) throw new Refusal(400, 'ParameterNotFound', '');
    return {
      Parameter: { Name: name, Type: 'String', Value: before.value, Version: before.version, ARN: arn },
    };
  }

  return (request) => {
    try {
      return jsonAnswer(200, answer(request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return jsonAnswer(400, { __type: error.code, message: error.message });
    }
  };
}

const jsonAnswer = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify(body),
});
