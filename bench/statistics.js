// Medians with their spread, and ratios of values from the same round.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function summary(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** The ratio of each round's pair: the machine's speed may drift from round to round. */
export function pairedRatio(numerators, denominators) {
  return summary(numerators.map((value, round) => value / denominators[round]));
}

/** `1,234 (1,200 to 1,300)`, or less when there was one round alone. */
export function shown({ median, min, max }, digits = 0) {
  const text = (value) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return min === max ? text(median) : `${text(median)} (${text(min)} to ${text(max)})`;
}

/** The throughput of each sender in a round, such as `obn 2,000, nodemailer 400 a second`. */
export function ratesText(round) {
  const known = Object.entries(round).filter(([, result]) => result);
  const texts = known.map(([sender, { perSecond }]) => `${sender} ${shown(summary([perSecond]))}`);
  return `${texts.join(', ')} a second`;
}
