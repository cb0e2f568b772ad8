import type { NewsletterRule } from '../rule.js';
import { segmentFault } from '../segment.js';

export const segmentQuery: NewsletterRule = {
  name: 'audience/segment',
  severity: 'error',
  needs: 'rows',
  summary: 'a segment that uses a column that the list does not have, or compares values of different types',
  remedy:
    'fix the query under audience.segments, or the column of the list; obn sends nothing to such a segment',
  bad: {
    config: 'audience: { segments: { germans: { cuntry: de } } }',
    list: 'email,country\nada@example.com,de\n',
    at: 'germans',
  },
  good: {
    config: 'audience: { segments: { germans: { country: de } } }',
    list: 'email,country\nada@example.com,de\n',
  },
  async *check({ newsletter, issues, list }) {
    for (const name of Object.keys(newsletter.config.audience.segments)) {
      const fault = await segmentFault(name, newsletter, list);
      // issue/segment reports a query that cannot be read, at the issue that uses it.
      const isFound =
        issues.some(({ segment }) => segment === name) && /\$where|cannot be read/.test(fault?.message ?? '');
      if (!fault || isFound) continue;
      const { message, hint } = fault;
      const at = newsletter.document.keyAt(['audience', 'segments', name]);
      yield { at, message, ...(hint === undefined ? {} : { hint }) };
    }
  },
};
