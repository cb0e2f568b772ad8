/** A person's consent to send an issue as it is, bound to the issue they saw. */
export interface Approval {
  readonly issue: number;
  /** SHA-256 of what readers will see, in hex. */
  readonly content: string;
  /** SHA-256 of the query that selects the readers, in hex. It does not cover the result of the query. */
  readonly audience: string;
  /** Who approved the issue, in their own words. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The approvals of issues, at most one per issue. */
export interface ApprovalStore {
  /** Records an approval, in place of an earlier one of the same issue. */
  approve(approval: Approval): Promise<void>;
  /** The approval of an issue. */
  get(issue: number): Promise<Approval | undefined>;
  /** Removes the approval of an issue. @returns whether there was one */
  revoke(issue: number): Promise<boolean>;
}
