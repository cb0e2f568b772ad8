import type { Issue } from '../../issue/issue.js';
import { fillText } from '../../render/fill.js';
import { sectionType } from '../../templates/table.js';
import type { IssueRule } from '../rule.js';
import { visibleTextIn } from '../visible-text.js';

/** Words that mark paid content, in the most common languages of newsletters. */
const LABEL =
  /spons[oe]r|advert|\bads?\b|promoted|partner|anzeige|werbung|publicit|patrocin|annonce|pubblicit|reklam|реклам|спонсор|広告|スポンサー|广告|廣告|赞助|贊助|광고|협찬/i;

export const sponsorLabel: IssueRule = {
  name: 'sponsor/label',
  severity: 'error',
  summary: 'a sponsor without a label such as "Sponsored by" in the HTML or text part',
  remedy: 'add "Sponsored by" to your template of the section: the law requires it, and readers expect it',
  bad: {
    issue:
      'sections:\n  - type: sponsor\n    name: Lantern\n    url: https://lantern.example.org\n    body: Buy it.\n',
    files: {
      'templates/sections/sponsor/email.mjml.hbs':
        '<mj-section><mj-column css-class="sponsor"><mj-text>{{name}}: {{body}}</mj-text></mj-column></mj-section>\n',
    },
    at: 'name: Lantern',
  },
  good: {
    issue:
      'sections:\n  - type: sponsor\n    name: Lantern\n    url: https://lantern.example.org\n    body: Buy it.\n',
    files: {
      'templates/sections/sponsor/email.mjml.hbs':
        '<mj-section><mj-column><mj-text>Sponsored by {{name}}: {{body}}</mj-text></mj-column></mj-section>\n',
    },
  },
  *check({ issue, rendered }) {
    for (const { index, name, field } of sponsorsOf(issue)) {
      const part = rendered.parts.find(({ section }) => section === index);
      const forms = {
        'the email': visibleTextIn(fillText(part?.html ?? rendered.html, {})).text,
        'the text part': fillText(rendered.textParts[index] ?? [], {}),
      };
      const own = rendered.outline.passages.filter(({ path }) => path[1] === index).map(({ text }) => text);
      for (const [form, text] of Object.entries(forms)) {
        if (LABEL.test(apartFrom([name, ...own], text))) continue;
        const at = issue.document.at(['sections', index, field]);
        yield { at, message: `${form} does not label ${name} as a sponsor` };
      }
    }
  },
};

/** The sponsors of an issue, each with the index of its section and the field with its name. */
function sponsorsOf({ sections }: Issue): { index: number; name: string; field: string }[] {
  return sections.flatMap((section: Readonly<Record<string, unknown>>, index) => {
    const field = sectionType(String(section.type)).sponsor;
    return field === undefined ? [] : [{ index, field, name: String(section[field]) }];
  });
}

/** A text without the sponsor's own words, which may look like a label, and without URLs. */
function apartFrom(own: readonly string[], text: string): string {
  const spaced = (words: string) => words.replace(/\s+/g, ' ').trim();
  const longestFirst = own.map(spaced).sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((left, words) => left.replaceAll(words, ' '), spaced(text));
  return rest.replace(/https?:\/\/\S+/gi, ' ');
}
