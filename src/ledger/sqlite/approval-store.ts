import type { Approval, ApprovalStore } from '../approval-store.js';
import type { Database } from './database.js';

const APPROVE = `
  insert into approval (issue, content, audience, approved_by, approved_at) values (?, ?, ?, ?, ?)
  on conflict (issue) do update set content = excluded.content, audience = excluded.audience,
    approved_by = excluded.approved_by, approved_at = excluded.approved_at`;

const APPROVAL = `
  select issue, content, audience, approved_by as "by", approved_at as "at" from approval where issue = ?`;

const REVOKE = 'delete from approval where issue = ?';

/** The approvals in a ledger file. */
export class SqliteApprovalStore implements ApprovalStore {
  constructor(private readonly database: Database) {}

  async approve({ issue, content, audience, by, at }: Approval): Promise<void> {
    await this.database.transaction(() => this.database.run(APPROVE, issue, content, audience, by, at));
  }

  async get(issue: number): Promise<Approval | undefined> {
    return this.database.all<Approval>(APPROVAL, issue)[0];
  }

  async revoke(issue: number): Promise<boolean> {
    return this.database.transaction(() => this.database.run(REVOKE, issue) > 0);
  }
}
