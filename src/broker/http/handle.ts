import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, jsonAnswer } from '../../core/profile/container-credentials.ts';
import type { AuditEntry } from '../decision/audit.ts';
import type { Broker } from '../decision/broker.ts';
import { decide, type Noted, type Wish } from '../decision/decide.ts';
import { route } from '../decision/route.ts';
import { type Outcome, refuse, statusOf } from '../outcome/refusal.ts';
import { about } from './about.ts';
import { refusalAnswer } from './answer.ts';

/** Answers one request of the public listener. */
export async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  broker: Broker,
): Promise<void> {
  // Nobody here reads a body.
  message.resume();
  const answer = await answerTo(message, broker);
  const ending: Record<string, string> = broker.draining ? { connection: 'close' } : {};
  response.writeHead(answer.status, { ...answer.headers, ...ending }).end(answer.body);
}

async function answerTo(message: IncomingMessage, broker: Broker): Promise<Answer> {
  const { method = '', url: target = '' } = message;
  const base = new URL(broker.config.url);
  const found = route(method, target, base.pathname.replace(/\/$/, ''));
  if (found.ok && found.value.kind === 'about') return jsonAnswer(about(broker.config));
  const noted: Noted = { method };
  const outcome = found.ok ? await decided(found.value as Wish, message, base, broker, noted) : found;
  return recorded(outcome, message.socket.remoteAddress ?? '', noted, broker);
}

async function decided(
  wish: Wish,
  { headers, method = '', url = '' }: IncomingMessage,
  base: URL,
  broker: Broker,
  noted: Noted,
): Promise<Outcome<unknown>> {
  const shown = {
    authorization: headers.authorization,
    proof: [headers.dpop].flat().join(',') || undefined,
    method,
    url: base.origin + url.replace(/\?.*/s, ''),
  };
  try {
    return await decide(wish, shown, broker, noted);
  } catch (error) {
    // An error's own words could hold anything.
    return refuse('Unexpected', `something unexpected: ${(error as Error)?.name}`);
  }
}

/** The answer to a decision, once a line of the audit tells of it. */
export function recorded(outcome: Outcome<unknown>, from: string, noted: Noted, broker: Broker): Answer {
  const request = randomUUID();
  const entry: AuditEntry = outcome.ok
    ? { request, outcome: noted.accessKeyId === undefined ? 'listed' : 'issued', status: 200, from, ...noted }
    : {
        request,
        outcome: 'refused',
        status: statusOf(outcome.refusal.code),
        from,
        ...noted,
        ...outcome.refusal,
      };
  const isWritten = broker.audit.write(entry, broker.clocks.now());
  const code = outcome.ok ? (isWritten ? undefined : 'Unavailable') : outcome.refusal.code;
  const role = Object.hasOwn(broker.config.roles, noted.role ?? '') ? noted.role : undefined;
  broker.metrics.decided(code === undefined ? entry.outcome : 'refused', code ?? '', role ?? '');
  const answer = code === undefined ? jsonAnswer(outcome.ok && outcome.value) : refusalAnswer(code);
  return { ...answer, headers: { ...answer.headers, 'x-request-id': request } };
}
