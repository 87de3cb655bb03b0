/**
 * A duration for people: `0.2 s`, `41.3 s`, `2 min 05 s`.
 * @param {number} milliseconds
 */
export function seconds(milliseconds) {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  const whole = Math.round(milliseconds / 1000)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}
