/** Where an issue stands with the time at which it is to go out. */
export type DueState =
  /** It has no time, or is a draft, or all of it has been sent. */
  | 'none'
  /** Its time is still to come. */
  | 'ahead'
  | 'due'
  /** It has begun, and is brought to its end however late it is. */
  | 'begun'
  /** Its time has passed longer ago than anybody would want it to go out by itself. */
  | 'late';

export interface DueFacts {
  /** When it is to go out, in milliseconds since 1970; undefined: it is not said. */
  readonly at: number | undefined;
  readonly draft: boolean;
  /** How many of its deliveries are not finished; undefined: it has not begun. */
  readonly left: number | undefined;
}

/** Decides what `obn send --due` does with an issue. Pure; times in milliseconds. */
export function dueState({ at, draft, left }: DueFacts, now: number, grace: number): DueState {
  if (at === undefined || draft) return 'none';
  // Nobody can say when that is, and the findings tell why, unless there is nothing left to be said.
  if (Number.isNaN(at)) return left === 0 ? 'none' : 'due';
  if (now < at) return 'ahead';
  if (left !== undefined) return left > 0 ? 'begun' : 'none';
  return now - at <= grace ? 'due' : 'late';
}
