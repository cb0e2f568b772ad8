/** How many rows the list has, and how many are eligible or excluded. */
export interface AudienceCounts {
  readonly listed: number;
  readonly eligible: number;
  /** By reason. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** Deliveries by state. `unknown` deliveries may have arrived, and are never repeated automatically. */
export interface DeliveryCounts {
  readonly queued: number;
  readonly claimed: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
}

/** A delivery that was not accepted. */
export interface Failure {
  readonly address: string;
  readonly state: 'rejected' | 'unknown';
  readonly code: string;
  readonly reason: string;
  /** Whether the latest attempt was rejected, and an earlier one may have arrived. */
  readonly rejectedInDoubt: boolean;
}
