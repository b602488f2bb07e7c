import * as v from 'valibot';
import { failure } from '../core/failure.ts';
import type { Reason } from '../core/failure-reasons.ts';
import { protocolVersion } from '../core/protocol/protocol.ts';
import { type Request, requestSchema } from '../core/protocol/requests.ts';
import { failed, ok, type Result } from '../core/result.ts';

const invalid = (reason: Reason<'message'>) => failed(failure('message-invalid', { reason }));

/** What a message says as JSON. Failure: `message-invalid`. */
export function parseJson(message: Uint8Array): Result<unknown> {
  if (message.length === 0) return invalid('empty');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(message);
  } catch {
    return invalid('not-utf-8');
  }
  try {
    return ok(JSON.parse(text));
  } catch {
    return invalid('not-json');
  }
}

const envelopeSchema = v.object({ version: v.pipe(v.number(), v.integer()) });
const idSchema = v.object({ id: requestSchema.options[0].entries.id });

/** The id of a message, if it has one that the protocol allows; else the empty text. */
export function readId(message: unknown): string {
  const result = v.safeParse(idSchema, message);
  return result.success ? result.output.id : '';
}

/**
 * The request in a message. Checks the version first, since another version may have other fields. Failures:
 * `message-version`, `message-invalid`.
 */
export function readRequest(message: unknown): Result<Request> {
  const envelope = v.safeParse(envelopeSchema, message);
  if (!envelope.success) return refusalOf(envelope.issues[0]);
  const { version } = envelope.output;
  if (version !== protocolVersion) {
    return failed(failure('message-version', { theirs: version, ours: protocolVersion }));
  }
  const request = v.safeParse(requestSchema, message);
  return request.success ? ok(request.output) : refusalOf(request.issues[0]);
}

/** Names the field and never its value, which may be a secret. Valibot's own messages would repeat it. */
function refusalOf(issue: v.BaseIssue<unknown>): Result<never> {
  const path = (issue.path ?? []).map((item) => String(item.key));
  if (path.length === 0) return invalid('not-an-object');
  if (issue.expected === 'never') {
    // The last step of the path is the sender's own word.
    return invalid({ is: 'unknown-field', owner: path.slice(0, -1).join('.') });
  }
  const field = path.join('.');
  if (issue.input === undefined) return invalid({ is: 'missing', field });
  return invalid({ is: issue.type === 'variant' ? 'unknown-value' : 'unfit', field });
}
