import { plural } from './plural.js';

/** Seconds as people say them, such as `90 seconds`, `3 minutes` or `1.5 hours`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return plural(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 5400) return plural(Math.round(seconds / 60), 'minute');
  return `${(seconds / 3600).toFixed(1)} hours`;
}
