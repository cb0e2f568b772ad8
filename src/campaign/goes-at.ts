import type { Progress } from '../delivery/state.js';
import type { Schedule } from '../issue/schedule.js';
import { instantOf } from '../render/date-view.js';

/**
 * When an issue will be sent, in milliseconds since 1970; undefined: it has no time, or the send has begun. A
 * rehearsal does not count.
 */
export function goesAt(
  { send_at }: Pick<Schedule, 'send_at'>,
  progress: Progress | undefined,
  timezone: string,
): number | undefined {
  if (send_at === undefined || progress?.send.channel === 'live') return undefined;
  return instantOf(send_at, timezone);
}
