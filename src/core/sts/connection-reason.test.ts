import { describe, expect, it } from 'vitest';
import type { Reason } from '../failure-reasons.ts';
import { connectionProblem } from './connection-problem.ts';
import { connectionReason } from './connection-reason.ts';

describe('why a connection failed', () => {
  it.each<[error: { name?: string; code?: unknown }, problem: Reason<'connection'> | undefined]>([
    [{ code: 'ENOTFOUND' }, 'unknown-name'],
    [{ code: 'EAI_AGAIN' }, 'unknown-name'],
    [{ code: 'ECONNREFUSED' }, 'refused'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'certificate'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'certificate'],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'certificate'],
    [{ name: 'TimeoutError' }, 'timeout'],
    [{ name: 'AbortError', code: 20 }, 'timeout'],
    [{ name: 'TypeError' }, undefined],
    [{ name: 'Error', code: 'ECONNRESET' }, undefined],
    [{ code: 'MODULE_ENOTFOUND' }, undefined],
    [{ code: 'ENOTFOUND_IN_CACHE' }, undefined],
    [{}, undefined],
  ])('of %j is %s', (error, problem) => {
    expect(connectionProblem(error)).toBe(problem);
  });

  it('is said in words where it is known, and not otherwise', () => {
    expect(connectionReason({ code: 'ECONNREFUSED' })).toBe('the connection was refused');
    expect(connectionReason({ code: 'ECONNRESET' })).toBeUndefined();
  });
});
