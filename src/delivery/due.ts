/** The state of an issue relative to its scheduled time. */
export type DueState =
  /** It has no time, is a draft, or has been sent. */
  | 'none'
  /** Its time is in the future. */
  | 'ahead'
  | 'due'
  /** Its send has begun, and is resumed however late it is. */
  | 'begun'
  /** Its time passed too long ago to send it automatically. */
  | 'late';

export interface DueFacts {
  /** The scheduled time, in milliseconds since 1970; undefined: none. */
  readonly at: number | undefined;
  readonly draft: boolean;
  /** Whether everything has been sent; undefined: the send has not begun. */
  readonly finished: boolean | undefined;
}

/** Decides what `obn send --due` does with an issue. Pure; times in milliseconds. */
export function dueState({ at, draft, finished }: DueFacts, now: number, grace: number): DueState {
  if (at === undefined || draft || finished) return 'none';
  // The time is invalid; the findings of the issue say why.
  if (Number.isNaN(at)) return 'due';
  if (now < at) return 'ahead';
  if (finished === false) return 'begun';
  return now - at <= grace ? 'due' : 'late';
}
