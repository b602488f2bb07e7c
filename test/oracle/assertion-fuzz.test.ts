import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findResponse } from '../../src/core/assertion/find-response.ts';
import type { Role } from '../../src/core/aws/role.ts';
import type { Failure } from '../../src/core/failure.ts';
import { inEnglish } from '../../src/core/words/failures/english.ts';
import { hostilePage } from '../fuzz/hostile-page.ts';
import { hostileResponse } from '../fuzz/hostile-response.ts';
import { readPosted } from '../fuzz/read-posted.ts';
import { timed } from '../fuzz/timed.ts';
import { needs } from '../needs.ts';
import { tries } from '../tries.ts';
import { type Libxml2Reading, startLibxml2 } from './libxml2-reader.ts';

/**
 * What this is, how to run it for longer and how to repeat what it found: docs/fuzzing.md. The usual run reads the
 * same responses each time, so that it fails for a change of ours alone; other seeds look for something new.
 */
const [seed = 20261122, only] = (process.env.ROLEFERRY_FUZZ_SEED ?? '')
  .split(':')
  .filter((part) => part !== '')
  .map(Number);
const minutes = Number(process.env.ROLEFERRY_FUZZ_MINUTES ?? 0);
const usualCount = tries(12_500, 50_000);
const batchSize = 500;

/** No response that AWS would take may keep the browser busy for longer. In milliseconds. */
const longest = 50;

/** Where Roleferry refuses a response although libxml2 sees roles: the failures that are meant to. */
const refusals: { code: Failure['code']; words?: RegExp; reason: string }[] = [
  {
    code: 'assertion-not-base64',
    reason: 'the decoder that feeds libxml2 passes over characters, STS does not',
  },
  { code: 'assertion-too-large', reason: 'STS takes no more' },
  { code: 'assertion-doctype', reason: 'SAML forbids it, and it can give attributes default values' },
  {
    code: 'assertion-ambiguous',
    reason: 'which of several assertions is meant is for attackers to play with',
  },
  {
    code: 'assertion-not-saml',
    words: /an assertion where none belongs|elements behind its Response/,
    reason: 'the same: a second assertion, hidden in another element',
  },
  { code: 'assertion-not-saml', words: /more than one issuer/, reason: 'bindings hang on the issuer' },
  {
    code: 'assertion-not-saml',
    words: /nested too deep/,
    reason: 'no real response is, and depth costs time',
  },
  {
    code: 'assertion-not-saml',
    words: /a namespace that is not a URI/,
    reason: 'look-alikes are made that way',
  },
  {
    code: 'assertion-not-saml',
    words: /it begins with/,
    reason:
      'in a SOAP envelope stands something else than Header and Body, or in the Body before the Response',
  },
  {
    code: 'assertion-not-xml',
    words: /its encoding is/,
    reason: 'not every XML reader knows it, and some are read differently (Shift_JIS, GBK)',
  },
  {
    code: 'assertion-not-xml',
    words: /its bytes are not/,
    reason: 'they contradict the declaration, or browsers are stricter about UTF-8 and UTF-16',
  },
  {
    code: 'assertion-not-xml',
    words: /disallowed character/,
    reason: 'UTF-32, which browsers do not know, and a NUL at the end, which ends the text for C',
  },
  {
    code: 'assertion-not-xml',
    words: /: line 1, column \d: text data outside of root node/,
    reason: 'a declaration that contradicts the byte order mark of UTF-8',
  },
  { code: 'assertion-not-xml', words: /version number must match/, reason: 'there is no XML 2.0' },
  {
    code: 'assertion-not-xml',
    words:
      /malformed name|undefine prefix|may not assign|must be bound to|may not be set to|may not have "xmlns"/,
    reason: 'names and prefixes that Namespaces in XML 1.0 forbids; libxml2 only warns',
  },
];

const key = ({ roleArn, providerArn }: Role) => `${roleArn} ${providerArn}`;

/** What `run` returns, or what is wrong with how it went. */
function attempt<T>(run: () => T): T | string {
  try {
    const { value, time } = timed(run);
    return time > longest ? `took ${Math.round(time)} ms` : value;
  } catch (error) {
    return `crashed: ${error}`;
  }
}

/** What is wrong with how one response was read, if anything. */
function objection(
  posted: string,
  libxml2: Libxml2Reading,
  count: (reason: string) => void,
): string | undefined {
  const outcome = attempt(() => readPosted(posted));
  if (typeof outcome === 'string') return outcome;
  const seen = new Set(libxml2.roles.map(([roleArn, providerArn]) => key({ roleArn, providerArn })));
  if (!outcome.ok) {
    const { failure } = outcome;
    const { message } = inEnglish(failure);
    if (message.length > 300) return `has a message of ${message.length} characters`;
    if (seen.size === 0) return undefined;
    const rule = refusals.find(({ code, words }) => code === failure.code && (words?.test(message) ?? true));
    count(failure.code);
    return rule ? undefined : `was refused without a known reason: ${failure.code}: ${message}`;
  }
  const offered = new Set(outcome.value.roles.map(key));
  const unseen = [...offered].filter((role) => !seen.has(role));
  const missed = [...seen].filter((role) => !offered.has(role));
  if (unseen.length > 0)
    return `offers roles that libxml2 does not see: ${unseen} (${libxml2.refused ?? 'read'})`;
  if (missed.length > 0) return `does not offer roles that libxml2 sees: ${missed}`;
  count(offered.size > 0 ? 'same roles' : 'no roles');
  return undefined;
}

const python = needs('lxml');

describe.skipIf(python.missing)('hostile responses', () => {
  let libxml2: ReturnType<typeof startLibxml2>;
  beforeAll(() => {
    libxml2 = startLibxml2(python.path);
  });
  afterAll(() => libxml2?.stop());

  it(
    'are read without a crash, in time, and to no other roles than libxml2 sees',
    async () => {
      const objections: string[] = [];
      const counts = new Map<string, number>();
      const count = (reason: string) => counts.set(reason, (counts.get(reason) ?? 0) + 1);
      const end = performance.now() + minutes * 60_000;
      const more = (next: number) => (minutes > 0 ? performance.now() < end : next < usualCount);

      let next = only ?? 0;
      let waiting = batch(next);
      while (true) {
        const { cases, readings } = waiting;
        next += cases.length;
        const last = only !== undefined || !more(next);
        if (!last) waiting = batch(next);
        for (const [index, reading] of (await readings).entries()) {
          const { number, posted } = cases[index] ?? { number: -1, posted: '' };
          const wrong = objection(posted, reading, count);
          if (wrong) objections.push(`${seed}:${number} ${wrong}`);
        }
        if (last) break;
      }

      const summary = [...counts]
        .sort(([, a], [, b]) => b - a)
        .map(([reason, times]) => `${reason} ${times}`);
      console.log(`Hostile responses: ROLEFERRY_FUZZ_SEED=${seed}, ${next} responses: ${summary.join(', ')}`);
      expect(objections.slice(0, 20)).toEqual([]);
      // Noise alone would prove nothing: enough of them must still be read, and enough refused.
      if (only === undefined) expect((counts.get('same roles') ?? 0) / next).toBeGreaterThan(0.1);
    },
    minutes * 60_000 + 240_000,
  );

  function batch(start: number) {
    const size = only === undefined ? batchSize : 1;
    const cases = Array.from({ length: size }, (_, offset) => ({
      number: start + offset,
      ...hostileResponse(seed, start + offset),
    }));
    return { cases, readings: libxml2.read(cases.map(({ bytes }) => bytes)) };
  }
});

describe('hostile pages on stdin', () => {
  it('are looked through without a crash and in time', () => {
    const objections = Array.from({ length: 5_000 }, (_, index) => {
      const outcome = attempt(() => findResponse(hostilePage(seed, index)));
      return typeof outcome === 'string' ? [`${seed}:${index} ${outcome}`] : [];
    }).flat();
    expect(objections.slice(0, 20)).toEqual([]);
  });
});
