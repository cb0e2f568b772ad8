import type { IssueRule } from '../rule.js';
import { subjectPlace } from '../subject.js';

export const subjectShouting: IssueRule = {
  name: 'subject/shouting',
  severity: 'warning',
  summary: 'a subject in capitals, or with repeated exclamation marks',
  remedy: 'use lowercase and a single mark: spam filters and readers take this for an advertisement',
  bad: { issue: 'subject: OUR BEST ISSUE EVER!!!', at: 'subject:' },
  good: { issue: 'subject: AWS SAM, explained!' },
  *check({ issue, newsletter, final }) {
    const words = final.subject.match(/\p{L}{2,}/gu) ?? [];
    const loud = words.filter(
      (word) => word.length > 3 && word === word.toUpperCase() && word !== word.toLowerCase(),
    );
    const shouts = words.length >= 3 && loud.length > words.length / 2;
    const marks = /[!?]{2,}|\${2,}/.exec(final.subject)?.[0];
    if (!shouts && marks === undefined) return;
    const why = marks === undefined ? 'is mostly in capitals' : `contains "${marks}"`;
    yield { ...subjectPlace({ issue, newsletter }), message: `the subject ${why}: ${final.subject}` };
  },
};
