import * as v from 'valibot';
import type { Runtime } from 'webextension-polyfill';
import { type Failure, failure } from '../core/failure.ts';
import {
  type Answer,
  answerEnvelopeSchema,
  answerSchemas,
  hostName,
  protocolVersion,
  type Request,
  type RequestType,
} from '../core/protocol.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { browser } from './browser.ts';

/** The host answers within milliseconds; a file on a slow network drive may take longer. */
const patienceSeconds = 30;

/** An open port keeps the worker alive, so it is closed when nothing was asked for this long. */
const idleMilliseconds = 5_000;

/** A request without what every request has. */
type Question<T extends RequestType> = Omit<Extract<Request, { type: T }>, 'version' | 'id' | 'type'>;

interface Pending {
  type: RequestType;
  settle: (result: Result<unknown>) => void;
  timer: ReturnType<typeof setTimeout>;
}

let port: Runtime.Port | undefined;
let idleTimer: ReturnType<typeof setTimeout> | undefined;
const pending = new Map<string, Pending>();

/**
 * Asks the native host and waits for its answer. Opens the port when none is open; starting the host
 * takes longer than asking it, so `hello` is asked as soon as a login is seen.
 * Failures: `host-…`, and what the host itself reports.
 */
export function askHost<T extends RequestType>(type: T, question: Question<T>): Promise<Result<Answer<T>>> {
  clearTimeout(idleTimer);
  const id = crypto.randomUUID();
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      settle(id, failed(failure('host-silent', { seconds: patienceSeconds })));
      closePort();
    }, patienceSeconds * 1000);
    pending.set(id, { type, settle: resolve as Pending['settle'], timer });
    try {
      port ??= openPort();
      port.postMessage({ version: protocolVersion, id, type, ...question });
    } catch (error) {
      settle(id, failed(lossOf(error instanceof Error ? error.message : '')));
    }
  });
}

function openPort(): Runtime.Port {
  const opened = browser.runtime.connectNative(hostName);
  opened.onMessage.addListener(receive);
  opened.onDisconnect.addListener((closed) => {
    // Chromium tells the reason in lastError, Firefox in the port's error.
    const reason = closed.error?.message ?? browser.runtime.lastError?.message ?? '';
    if (port === opened) port = undefined;
    for (const id of [...pending.keys()]) settle(id, failed(lossOf(reason)));
  });
  return opened;
}

function receive(message: unknown): void {
  const envelope = v.safeParse(answerEnvelopeSchema, message);
  if (!envelope.success) {
    settleAll(failure('host-answer-invalid'));
    return;
  }
  const { output } = envelope;
  // A host that could not even read the id of a request can only mean all of them.
  if (!output.ok) {
    if (output.id === '') settleAll(output.failure);
    else settle(output.id, failed(output.failure));
    return;
  }
  const asked = pending.get(output.id);
  if (asked === undefined) return;
  const value = v.safeParse(answerSchemas[asked.type], output.value);
  settle(output.id, value.success ? ok(value.output) : failed(failure('host-answer-invalid')));
}

function settle(id: string, result: Result<unknown>): void {
  const asked = pending.get(id);
  if (asked === undefined) return;
  pending.delete(id);
  clearTimeout(asked.timer);
  if (pending.size === 0) idleTimer = setTimeout(closePort, idleMilliseconds);
  asked.settle(result);
}

function settleAll(reason: Failure): void {
  for (const id of [...pending.keys()]) settle(id, failed(reason));
}

function closePort(): void {
  port?.disconnect();
  port = undefined;
}

/** Why there is no host, by the words of Chromium and Firefox. */
function lossOf(reason: string): Failure {
  if (/not found|no such native application/i.test(reason)) return failure('host-not-installed');
  if (/forbidden|permission/i.test(reason)) return failure('host-forbidden');
  return failure('host-exited');
}
