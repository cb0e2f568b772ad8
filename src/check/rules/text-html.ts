import type { Issue } from '../../issue/issue.js';
import { KNOWN_TAGS } from '../../render/markdown/html-hints.js';
import type { SourceLocation } from '../../render/source-offset.js';
import type { Flaw } from '../../render/text-findings.js';
import { plural } from '../../text/plural.js';
import { excerpt } from '../excerpt.js';
import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';
import { valueAt } from '../value-at.js';

/** An element or a comment in a one-line field, which is not Markdown. */
const MARKUP =
  /<!--|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d?);|<([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]{0,1000}>/gi;

export const textHtml: IssueRule = {
  name: 'text/html',
  severity: 'warning',
  summary: 'HTML in the text, which obn shows to readers as text',
  remedy: 'use Markdown, or put the tag in backticks if readers should see it',
  bad: {
    issue: 'sections:\n  - type: intro\n    body: |\n      This is <b>new</b>.\n',
    at: '<b>',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      This is **new**, and no longer `<b>`. It is a List<Name>.\n',
  },
  *check({ issue, rendered }) {
    for (const [flaw, more] of byParagraph(rendered.outline.flaws, issue)) {
      const message = messageFor(flaw.text) + (more === 0 ? '' : ` (and ${plural(more, 'more tag')} here)`);
      yield { at: flaw, message, ...(flaw.hint === undefined ? {} : { hint: flaw.hint }) };
    }
    for (const { kind, text, path } of passagesOf(issue, rendered)) {
      if (kind !== 'text') continue;
      for (const { 0: found, 1: tag, index } of text.matchAll(MARKUP)) {
        if (tag !== undefined && !KNOWN_TAGS.has(tag.toLowerCase())) continue;
        yield { at: { path, offset: index }, message: messageFor(found), hint: PLAIN };
      }
    }
  },
};

const PLAIN =
  'this field is plain text: remove tags and comments, keep the words, and write characters such as & as they are';

function messageFor(markup: string): string {
  return `readers see ${excerpt(markup)}, because obn shows HTML as text`;
}

type Tag = Flaw & SourceLocation;

/** The first tag of each paragraph, and how many follow it there: HTML is mostly pasted as a whole. */
function byParagraph(flaws: readonly Tag[], issue: Issue): [first: Tag, more: number][] {
  const found = new Map<string, [Tag, number]>();
  for (const flaw of flaws) {
    if (flaw.kind !== 'html') continue;
    const before = String(valueAt(issue, flaw.path) ?? '').slice(0, flaw.offset);
    const key = JSON.stringify([flaw.path, before.lastIndexOf('\n\n'), flaw.snippet]);
    const first = found.get(key);
    found.set(key, first ? [first[0], first[1] + 1] : [flaw, 0]);
  }
  return [...found.values()];
}
