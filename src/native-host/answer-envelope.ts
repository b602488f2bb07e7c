import type { InferInput } from 'valibot';
import type { answerEnvelopeSchema } from '../core/protocol/answers.ts';
import { protocolVersion } from '../core/protocol/protocol.ts';
import type { Result } from '../core/result.ts';
import { withWords } from '../core/words/failures/english.ts';

/** An answer as it goes to the browser. */
export type AnswerEnvelope = InferInput<typeof answerEnvelopeSchema>;

/** The answer to the request `id`, which is empty if it could not be read. */
export const answerEnvelope = (id: string, result: Result<unknown>): AnswerEnvelope => ({
  version: protocolVersion,
  id,
  ...(result.ok ? result : { ok: false, failure: withWords(result.failure) }),
});
