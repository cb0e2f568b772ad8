import type { IssueRule } from '../rule.js';

/** Words that say that somebody has paid, in the languages that newsletters are written in most. */
const LABEL = /sponsor|advert|\bads?\b|promoted|partner|anzeige|werbung|publicit|patrocin|annonce|pubblicit/i;

export const sponsorLabel: IssueRule = {
  name: 'sponsor/label',
  severity: 'error',
  summary: 'a sponsor that is not called one, in the mail or in its text part',
  remedy: 'let your own template of the section say "Sponsored by": the law and your readers ask for it',
  bad: {
    issue:
      'sections:\n  - type: sponsor\n    name: Lantern\n    url: https://lantern.example.org\n    body: Buy it.\n',
    files: { 'templates/sections/sponsor/text.txt.hbs': '{{name}}: {{body}} {{url}}\n' },
    at: 'name: Lantern',
  },
  good: {
    issue:
      'sections:\n  - type: sponsor\n    name: Lantern\n    url: https://lantern.example.org\n    body: Buy it.\n',
  },
  *check({ issue, final }) {
    for (const [index, section] of issue.sections.entries()) {
      if (section.type !== 'sponsor') continue;
      const parts = { 'the mail': final.html, 'the text part': final.text };
      for (const [part, text] of Object.entries(parts)) {
        if (LABEL.test(text)) continue;
        const at = issue.document.at(['sections', index, 'name']);
        yield { at, message: `${part} does not say that ${section.name} is a sponsor` };
      }
    }
  },
};
