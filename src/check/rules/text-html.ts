import { KNOWN_TAGS } from '../../render/markdown/html-hints.js';
import { excerpt } from '../excerpt.js';
import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';

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
    for (const flaw of rendered.outline.flaws) {
      if (flaw.kind !== 'html') continue;
      yield {
        at: flaw,
        message: messageFor(flaw.text),
        ...(flaw.hint === undefined ? {} : { hint: flaw.hint }),
      };
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
