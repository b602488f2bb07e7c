import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { credentialsSchema } from './credentials.ts';

const credentials = {
  accessKeyId: 'ASIAKIDAKIDAKID1',
  secretAccessKey: 'abc+/=_.-XYZ09',
  sessionToken: 'abc+/=_.-XYZ09',
  expiration: '2026-01-02T03:04:05Z',
};
const accepts = (change: object) => v.is(credentialsSchema, { ...credentials, ...change });
const fields = Object.entries(credentials);

describe('credentials', () => {
  it.each([
    ['as STS hands them out', {}],
    ['with the shortest key id', { accessKeyId: 'A'.repeat(16) }],
    ['with the longest key id', { accessKeyId: 'A'.repeat(128) }],
    ['with the longest secret', { secretAccessKey: 'a'.repeat(256) }],
    ['with the longest token', { sessionToken: 'a'.repeat(16_384) }],
    ['that end at a millisecond', { expiration: '2026-01-02T03:04:05.678Z' }],
  ])('are taken %s', (_, change) => {
    expect(accepts(change)).toBe(true);
  });

  it.each(fields)('are refused with another line behind their %s', (name, value) => {
    expect(accepts({ [name]: `${value}\naws_x = y` })).toBe(false);
    expect(accepts({ [name]: `${value}\n` })).toBe(false);
  });

  it.each(fields)('are refused with another line before their %s', (name, value) => {
    expect(accepts({ [name]: `[other]\n${value}` })).toBe(false);
    expect(accepts({ [name]: `\n${value}` })).toBe(false);
  });

  it.each(
    ['secretAccessKey', 'sessionToken'].flatMap((name) => [...' "#;[]\t\r\0é'].map((one) => [one, name])),
  )('are refused with %j in their %s', (one, name) => {
    expect(accepts({ [name as string]: `a${one}b` })).toBe(false);
  });

  it.each([
    ['a key id that is too short', { accessKeyId: 'A'.repeat(15) }],
    ['a key id that is too long', { accessKeyId: 'A'.repeat(129) }],
    ['no secret', { secretAccessKey: '' }],
    ['a secret that is too long', { secretAccessKey: 'a'.repeat(257) }],
    ['no token', { sessionToken: '' }],
    ['a token that is too long', { sessionToken: 'a'.repeat(16_385) }],
    ['an end in another time zone', { expiration: '2026-01-02T03:04:05+01:00' }],
    ['an end that is no time', { expiration: 'soonZ' }],
    ['a field that nobody knows', { region: 'eu-west-1' }],
  ])('are refused with %s', (_, change) => {
    expect(accepts(change)).toBe(false);
  });
});
