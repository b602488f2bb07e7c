import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerStage, startBrokerStage } from '../../../test/fixtures/broker-stage.ts';
import { authenticate } from '../issuers/authenticate.ts';

const runs = { numRuns: 400 };
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');

describe('whatever is sent as', () => {
  let stage: BrokerStage;
  let token: string;
  let person: string;
  let proof: string;
  beforeAll(async () => {
    stage = await startBrokerStage();
    token = await stage.machineToken();
    person = await stage.personToken();
    proof = await stage.login.proof(person, 'http://127.0.0.1:8443/v1/roles/dev');
  });
  afterAll(() => stage?.close());

  /** How the broker takes it; never an error that nobody thought of. */
  async function verdict(authorization: string, dpop?: string): Promise<string> {
    const { issuers, usedProofs, clocks } = stage.serving.broker;
    const shown = { authorization, proof: dpop, method: 'GET', url: 'http://127.0.0.1:8443/v1/roles/dev' };
    const outcome = await authenticate(shown, issuers, usedProofs, clocks.now());
    if (outcome.ok) return 'good';
    expect(outcome.refusal.reason.length).toBeLessThan(300);
    return outcome.refusal.code;
  }

  /** A JWS with a few characters changed, cut out or put in. */
  const spoiled = (of: () => string) =>
    fc
      .array(fc.tuple(fc.nat(), fc.constantFrom('', '.', 'A', '_', '=', 'é', ' ', '\u0000', 'eyJ')), {
        minLength: 1,
        maxLength: 3,
      })
      .map((changes) =>
        changes.reduce((text, [at, by]) => {
          const place = at % text.length;
          return text.slice(0, place) + by + text.slice(place + 1);
        }, of()),
      );

  /** A JWS with any header and claims, and no signature that fits. */
  const made = fc
    .tuple(
      fc.record(
        {
          alg: fc.constantFrom<unknown>('RS256', 'ES256', 'HS256', 'none', 7, null),
          kid: fc.jsonValue(),
          jwk: fc.jsonValue(),
          typ: fc.jsonValue(),
          crit: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
      fc.record(
        { iss: fc.jsonValue(), aud: fc.jsonValue(), exp: fc.jsonValue(), sub: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      fc.string(),
    )
    .map(([header, claims, signature]) => `${encoded(header)}.${encoded(claims)}.${encoded(signature)}`);

  it('a token is refused, unless it is the true one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          spoiled(() => token),
          made,
          fc.string(),
        ),
        async (sent) => {
          // The last characters of base64url hold bits that count for nothing.
          if (sent.slice(0, -2) === token.slice(0, -2)) return;
          expect(await verdict(sent)).toMatch(/^(TokenNeeded|InvalidToken)$/);
        },
      ),
      runs,
    );
  });

  it('a proof is refused, unless it is the true one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          spoiled(() => proof),
          made,
          fc.string({ minLength: 1 }),
        ),
        async (sent) => {
          if (sent.slice(0, -2) === proof.slice(0, -2)) return;
          expect(await verdict(person, sent)).toBe('InvalidProof');
        },
      ),
      runs,
    );
    expect(await verdict(person, proof)).toBe('good');
  });

  it('claims that are signed, but of any sort, gets no role that it should not have', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (sub, groups) => {
        const sent = await stage.machines.token({
          aud: 'https://broker.example',
          sub: sub as string,
          groups,
        });
        const { status } = await stage.ask('/v1/roles/deploy', { authorization: sent });
        expect([401, 403]).toContain(status);
      }),
      { numRuns: 40 },
    );
    expect(stage.asksOfSts()).toEqual([]);
  });
});
