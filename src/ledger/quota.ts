/** What is left of something that may happen so often within a time. */
export interface Quota {
  /** How often it has happened since the time began, this time included. */
  readonly count: number;
  /** When counting begins again; milliseconds since 1970. */
  readonly resetsAt: number;
}

/** Counts what must not happen too often, for all processes on a ledger. */
export interface QuotaStore {
  /**
   * Counts one more, and forgets what does not count any more.
   * @param key of what is counted; nothing by which a person could be known
   * @param resetsAt when counting begins again, if it begins now
   */
  take(key: string, now: number, resetsAt: number): Promise<Quota>;
}
