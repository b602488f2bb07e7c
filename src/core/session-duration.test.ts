import { describe, expect, it } from 'vitest';
import { durationsToTry } from './session-duration.ts';

describe('the durations to ask STS for', () => {
  it('begin with the wish and go down by the maxima that roles usually have', () => {
    expect(durationsToTry(43_200)).toEqual([43_200, 28_800, 14_400, 7_200, 3_600]);
    expect(durationsToTry(10_000)).toEqual([10_000, 7_200, 3_600]);
    expect(durationsToTry(3_600)).toEqual([3_600]);
  });

  it('stay within the limits of STS', () => {
    expect(durationsToTry(5)).toEqual([900]);
    expect(durationsToTry(999_999)[0]).toBe(43_200);
  });
});
