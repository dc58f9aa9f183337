/**
 * Shares that sum to 1 as whole percents that sum to 100: what rounding down leaves goes to the
 * largest remainders, the first of equal ones.
 */
export function wholePercents(shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * 100);
  const whole = exact.map(Math.floor);
  const missing = 100 - whole.reduce((sum, one) => sum + one, 0);
  const byRemainder = exact
    .map((value, place) => ({ place, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  for (const { place } of byRemainder.slice(0, Math.max(0, missing))) {
    whole[place] = (whole[place] ?? 0) + 1;
  }
  return whole;
}
