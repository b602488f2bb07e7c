import { describe, expect, it } from 'vitest';
import { failure } from '../failure.ts';
import { failed, ok } from '../result.ts';
import { type Attempt, clampDuration, longestGranted } from './session-duration.ts';

const hour = 3600;

/** A role with this maximum, and what it was asked for. */
function roleWith(maximum: number) {
  const asked: number[] = [];
  const attempt = async (seconds: number): Promise<Attempt<number>> => {
    asked.push(seconds);
    return seconds > maximum ? 'too-long' : ok(seconds);
  };
  return { asked, attempt };
}

describe('the longest duration that a role grants', () => {
  it('is asked for once when the role grants the wish', async () => {
    const role = roleWith(12 * hour);
    expect(await longestGranted(12 * hour, role.attempt)).toEqual({
      seconds: 12 * hour,
      result: ok(12 * hour),
    });
    expect(role.asked).toEqual([12 * hour]);
  });

  it.each(Array.from({ length: 11 }, (_, i) => i + 1))(
    'is found when it is %i h, in at most six attempts',
    async (hours) => {
      const role = roleWith(hours * hour);
      const found = await longestGranted(12 * hour, role.attempt);
      expect(found).toEqual({ seconds: hours * hour, result: ok(hours * hour) });
      expect(role.asked.length).toBeLessThanOrEqual(6);
      expect(new Set(role.asked).size).toBe(role.asked.length);
    },
  );

  it('is the whole hour below a maximum between two', async () => {
    const found = await longestGranted(12 * hour, roleWith(5 * hour + 1234).attempt);
    expect(found.seconds).toBe(5 * hour);
  });

  it('is an hour for the roles that have the default maximum, wished for a little more', async () => {
    const role = roleWith(hour);
    expect((await longestGranted(hour + 60, role.attempt)).seconds).toBe(hour);
    expect(role.asked).toEqual([hour + 60, hour]);
  });

  it('is not searched on after a failure, but what was granted before stays', async () => {
    const refusal = failed(failure('sts-throttled'));
    const answers: Attempt<string>[] = ['too-long', ok('six'), refusal];
    const found = await longestGranted(12 * hour, async () => answers.shift() ?? 'too-long');
    expect(found).toEqual({ seconds: 6 * hour, result: ok('six') });
    const early: Attempt<string>[] = ['too-long', refusal, ok('never')];
    expect((await longestGranted(12 * hour, async () => early.shift() ?? 'too-long')).result).toBe(refusal);
  });

  it('may not exist: then that is said', async () => {
    expect((await longestGranted(12 * hour, roleWith(0).attempt)).result).toBe('too-long');
  });
});

describe('a duration', () => {
  it.each([
    [5, 900],
    [900.9, 900],
    [3600, 3600],
    [999_999, 43_200],
  ])('of %d seconds is asked for as %d', (seconds, clamped) => {
    expect(clampDuration(seconds)).toBe(clamped);
  });
});
