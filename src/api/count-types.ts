/** How many rows the list has, and what became of them. */
export interface AudienceCounts {
  readonly listed: number;
  readonly eligible: number;
  /** By reason. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** Deliveries by state. Those that are `unknown` may have arrived, and are never repeated by themselves. */
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
