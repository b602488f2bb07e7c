import * as v from 'valibot';
import type { Runtime } from 'webextension-polyfill';
import { type Failure, failure } from '../../core/failure.ts';
import { type Answer, answerEnvelopeSchema, answerSchemas } from '../../core/protocol/answers.ts';
import { hostName, protocolVersion } from '../../core/protocol/protocol.ts';
import type { RequestType } from '../../core/protocol/requests.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { browser } from '../../webext/browser.ts';

/** The host answers within milliseconds; a file on a slow network drive may take longer. */
const patienceSeconds = 30;

/** An open port keeps the worker alive, so it closes after this long without requests. */
const idleMilliseconds = 5_000;

interface Pending {
  type: RequestType;
  settle: (result: Result<unknown>) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** One run of the native host: its port and the unanswered requests. */
export class HostConnection {
  closed = false;
  private readonly pending = new Map<string, Pending>();
  private readonly port: Runtime.Port;
  private idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.port = browser.runtime.connectNative(hostName);
    this.port.onMessage.addListener((message) => this.receive(message));
    this.port.onDisconnect.addListener((port) => {
      // Chromium tells the reason in lastError, Firefox in the port's error.
      this.close(hostLoss(port.error?.message ?? browser.runtime.lastError?.message ?? ''));
    });
  }

  ask<T extends RequestType>(type: T, question: object): Promise<Result<Answer<T>>> {
    clearTimeout(this.idleTimer);
    const id = crypto.randomUUID();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.close(failure('host-silent', { seconds: patienceSeconds }));
      }, patienceSeconds * 1000);
      this.pending.set(id, { type, settle: resolve as Pending['settle'], timer });
      try {
        this.port.postMessage({ version: protocolVersion, id, type, ...question });
      } catch {
        this.close(failure('host-exited'));
      }
    });
  }

  private receive(message: unknown): void {
    const envelope = v.safeParse(answerEnvelopeSchema, message);
    if (!envelope.success) {
      this.close(failure('host-answer-invalid'));
      return;
    }
    const answer = envelope.output;
    if (answer.ok) this.settle(answer.id, (type) => readValue(type, answer.value));
    // A host that could not read the id of a request means all of them.
    else if (answer.id === '') this.close(answer.failure);
    else this.settle(answer.id, () => failed(inOurWords(answer.failure)));
  }

  private settle(id: string, result: (type: RequestType) => Result<unknown>): void {
    const asked = this.pending.get(id);
    if (asked === undefined) return;
    this.pending.delete(id);
    clearTimeout(asked.timer);
    if (this.pending.size === 0) {
      this.idleTimer = setTimeout(() => this.close(failure('host-exited')), idleMilliseconds);
    }
    asked.settle(result(asked.type));
  }

  /** Ends the host; every open request fails with `reason`. */
  private close(reason: Failure): void {
    this.closed = true;
    for (const id of [...this.pending.keys()]) this.settle(id, () => failed(reason));
    clearTimeout(this.idleTimer);
    this.port.disconnect();
  }
}

function readValue(type: RequestType, value: unknown): Result<unknown> {
  const read = v.safeParse(answerSchemas[type], value);
  return read.success ? ok(read.output) : failed(failure('host-answer-invalid'));
}

/**
 * The protocol only grows, and what is asked here is valid in it. So a host is older than the extension when it names what
 * it does not know, or when it is from before failures had parameters.
 */
function inOurWords(answered: Failure): Failure {
  if (answered.code !== 'message-invalid') return answered;
  const { params } = answered;
  const reason = typeof params?.reason === 'object' ? params.reason.is : undefined;
  const isOlder = params === undefined || reason === 'unknown-field' || reason === 'unknown-value';
  return isOlder ? failure('host-older') : answered;
}

/** Why there is no host, from the error texts of Chromium and Firefox. */
export function hostLoss(reason: string): Failure {
  if (/not found|no such native application/i.test(reason)) return failure('host-not-installed');
  if (/forbidden|permission|administrator/i.test(reason)) return failure('host-forbidden');
  return failure('host-exited');
}
