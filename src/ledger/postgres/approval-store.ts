import type { Approval, ApprovalStore } from '../approval-store.js';
import type { Database } from './database.js';

const APPROVE = `
  insert into obn.approval (issue, content, audience, approved_by, approved_at) values ($1, $2, $3, $4, $5)
  on conflict (issue) do update set content = excluded.content, audience = excluded.audience,
    approved_by = excluded.approved_by, approved_at = excluded.approved_at`;

const APPROVAL = `
  select issue, content, audience, approved_by as "by", approved_at as "at" from obn.approval where issue = $1`;

const REVOKE = 'delete from obn.approval where issue = $1';

/** The approvals in a PostgreSQL ledger. */
export class PostgresApprovalStore implements ApprovalStore {
  constructor(private readonly database: Database) {}

  async approve({ issue, content, audience, by, at }: Approval): Promise<void> {
    await this.database.run(APPROVE, issue, content, audience, by, at);
  }

  async get(issue: number): Promise<Approval | undefined> {
    return (await this.database.all<Approval & Record<string, unknown>>(APPROVAL, issue))[0];
  }

  async revoke(issue: number): Promise<boolean> {
    return (await this.database.transaction((session) => session.run(REVOKE, issue))) > 0;
  }
}
