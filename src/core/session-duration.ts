/** STS API reference, AssumeRoleWithSAML: DurationSeconds is 900 to 43,200. */
const least = 900;
const most = 43_200;

/** The maxima that roles usually have, in seconds; IAM's own choices, longest first. */
const usualMaxima = [43_200, 28_800, 14_400, 7_200, 3_600];

/**
 * The durations to ask STS for, one after the other while it answers that the role grants less:
 * what is wished, brought into STS's limits, then the usual maxima below it. Every role grants an hour.
 */
export function durationsToTry(wishedSeconds: number): number[] {
  const wished = Math.min(Math.max(wishedSeconds, least), most);
  return [wished, ...usualMaxima.filter((seconds) => seconds < wished)];
}
