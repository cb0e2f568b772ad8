import { findDuplicates } from '../../audience/duplicates.js';
import { isFaulty, selectRecipients } from '../../audience/select.js';
import { readSubscribers } from '../../audience/subscriber.js';
import type { NewsletterRule } from '../rule.js';

export const listRows: NewsletterRule = {
  name: 'list/row',
  severity: 'warning',
  needs: 'rows',
  summary: 'a row of the list that cannot be mailed',
  remedy: 'fix the row, or delete it. Every send leaves it out, and other rows are not affected',
  bad: { list: 'email,first_name\nada@example.com,Ada\nnot-an-address,Bob\n', at: 'not-an-address' },
  good: { list: 'email,first_name\nada@example.com,Ada\nbob@example.com,Bob\n' },
  async *check({ list }) {
    const rows = () => readSubscribers(list.path, list.name);
    const options = { repeats: await findDuplicates(rows()), suppressed: async () => new Map() };
    for await (const batch of selectRecipients(rows(), options)) {
      for (const row of batch) {
        if (!('reason' in row) || !isFaulty(row)) continue;
        // A stray quote can exclude many rows, so somebody must check them before anything is sent.
        const severity = row.reason === 'stray_quote' ? 'error' : 'warning';
        const at = { line: row.line, column: 1 };
        yield { in: { file: list.name }, at, message: row.detail, severity };
      }
    }
  },
};
