/** Whether `version`, as in `20.19.1`, is in `range`: `^A.B` (of that major, not older) or `>=A.B`, joined by `||`. */
export function satisfies(version: string, range: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return range.split('||').some((part) => {
    const [, operator, wantedMajor, wantedMinor] = /^\s*(\^|>=)(\d+)\.(\d+)\s*$/.exec(part) ?? [];
    const same = major === Number(wantedMajor) && minor >= Number(wantedMinor);
    return same || (operator === '>=' && major > Number(wantedMajor));
  });
}
