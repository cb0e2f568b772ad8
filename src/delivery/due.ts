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
  /** Whether all of it has been sent; undefined: it has not begun. */
  readonly finished: boolean | undefined;
}

/** Decides what `obn send --due` does with an issue. Pure; times in milliseconds. */
export function dueState({ at, draft, finished }: DueFacts, now: number, grace: number): DueState {
  if (at === undefined || draft || finished) return 'none';
  // The time cannot be read, and the findings of the issue say why.
  if (Number.isNaN(at)) return 'due';
  if (now < at) return 'ahead';
  if (finished === false) return 'begun';
  return now - at <= grace ? 'due' : 'late';
}
