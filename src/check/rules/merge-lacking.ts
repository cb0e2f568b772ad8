import { findDuplicates } from '../../audience/duplicates.js';
import { LackingFields } from '../../audience/lacking-fields.js';
import { selectRecipients } from '../../audience/select.js';
import { readSubscribers } from '../../audience/subscriber.js';
import { messageFields } from '../../message/compiled.js';
import type { IssueRule } from '../rule.js';
import { segmentFault, segmentOf } from '../segment.js';

export const mergeLacking: IssueRule = {
  name: 'merge/lacking',
  severity: 'error',
  needs: 'rows',
  summary: 'a merge field without a fallback that is empty for some recipients',
  remedy:
    'give it a fallback, as in {{default first_name "there"}}, or fill in the column; `obn send` refuses such an issue',
  bad: {
    issue: 'preheader: Good morning {{first_name}}',
    list: 'email,first_name\nada@example.com,Ada\nbob@example.com,\n',
    at: '{{first_name}}',
  },
  good: {
    issue: 'preheader: Good morning {{first_name}}\nsegment: aws',
    config: 'audience: { segments: { aws: { tags: aws } } }',
    list: 'email,first_name,tags\nada@example.com,Ada,aws\nbob@example.com,,\n',
  },
  async *check({ issue, newsletter, rendered, message, list, columns = [] }) {
    const required = messageFields(message).required.filter((name) => columns.includes(name));
    if (required.length === 0) return;
    const segment = await segmentOf(issue, newsletter);
    if ('problem' in segment) return;
    const lacking = new LackingFields(required);
    if (segment.test && issue.segment !== undefined) {
      // audience/segment reports bad values once for the segment.
      if (await segmentFault(issue.segment, newsletter, list)) return;
    }
    const rows = () => readSubscribers(list.path, list.name);
    const options = {
      repeats: await findDuplicates(rows()),
      suppressed: async () => new Map(),
      segment: segment.test,
    };
    for await (const batch of selectRecipients(rows(), options)) {
      for (const row of batch) {
        if (!('reason' in row)) lacking.add(row.fields);
      }
    }
    for (const use of rendered.uses) {
      const { field } = use;
      const count = lacking.counts.get(field.name);
      if (count === undefined || field.fallback !== undefined) continue;
      const who = count === 1 ? '1 recipient has' : `${count.toLocaleString('en')} recipients have`;
      yield { at: use, message: `${who} no "${field.name}"` };
    }
  },
};
