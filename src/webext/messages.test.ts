import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { adminRole } from '../../test/fixtures/login.ts';
import { messageSchema } from './messages.ts';

const target = { loginId: 'login-1', role: adminRole };
const save = { type: 'save', ...target, profile: 'dev', takeOver: false, replace: false };

describe('what the popup may ask', () => {
  it.each([[{ type: 'obtain', ...target }], [save], [{ type: 'env-vars', ...target, format: 'bash' }]])(
    'is %j',
    (message) => {
      expect(v.is(messageSchema, message)).toBe(true);
    },
  );

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['something unknown', { type: 'export-everything', ...target }],
    ['something that every object has', { type: 'constructor', ...target }],
    ['a login without a role', { type: 'obtain', loginId: 'login-1' }],
    ['a role with more in it', { ...save, role: { ...adminRole, profile: 'x' } }],
    ['a yes that is none', { ...save, takeOver: 'yes' }],
    ['a silence instead of a yes or no', { ...save, replace: undefined }],
    ['more than is known', { ...save, credentials: {} }],
    ['a name without end', { ...save, profile: 'a'.repeat(4097) }],
    ['a format that is none', { type: 'env-vars', ...target, format: 'cobol' }],
  ])('is not %s', (_, message) => {
    expect(v.is(messageSchema, message)).toBe(false);
  });
});
