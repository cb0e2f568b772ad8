// As many issues as eleven years of a weekly newsletter, of real length, for obn and as Markdown for others.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

const ROOT = dirname(dirname(import.meta.dirname));
const FIRST_DAY = Date.UTC(2014, 0, 7);
const WEEK_MS = 7 * 86_400_000;

const originals = readdirSync(join(ROOT, 'issues'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(ROOT, 'issues', name), 'utf8'));

/** The text of an issue: one of the repository's own, with its own number, title, date and a word that no other has. */
export function issueText(number, edition = 0) {
  const date = new Date(FIRST_DAY + number * WEEK_MS).toISOString().slice(0, 10);
  return originals[number % originals.length]
    .replace(/^number: .*$/m, `number: ${number}`)
    .replace(/^date: .*$/m, `date: ${date}`)
    .replace(/^title: (.*)$/m, (_, title) => `title: ${title}, part ${number}`)
    .replace(/^ +body: \|\n +/m, (found) => `${found}Edition${edition} of word${number}. `);
}

export const issueFile = (number) => `issues/${String(number).padStart(3, '0')}-part.yaml`;

/** A newsletter of so many issues. */
export function writeNewsletter(folder, count) {
  mkdirSync(join(folder, 'issues'), { recursive: true });
  for (const one of ['snippets', 'issues/images', 'subscribers.example.csv']) {
    cpSync(join(ROOT, one), join(folder, one), { recursive: true });
  }
  const config = readFileSync(join(ROOT, 'obn.yaml'), 'utf8');
  writeFileSync(join(folder, 'obn.yaml'), config);
  for (let number = 1; number <= count; number++) {
    writeFileSync(join(folder, issueFile(number)), issueText(number));
  }
}

/** The same issue as Markdown with its facts in front, as static site generators read it. */
export function issueMarkdown(number, edition = 0) {
  const { sections, title, date, preheader } = parse(issueText(number, edition));
  const facts = { title, date, number, description: preheader };
  const front = Object.entries(facts).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const body = sections.map(sectionMarkdown).filter(Boolean).join('\n\n');
  return `---\n${front.join('\n')}\n---\n\n${plain(body)}\n`;
}

/** Without the fields and snippets that mean something to obn alone. */
const plain = (text) =>
  text.replace(/\{\{\s*default \S+ "([^"]*)"\s*\}\}/g, '$1').replace(/\{\{[^{}`]*\}\}/g, 'there');

function sectionMarkdown(section) {
  const heading = section.heading ?? (section.person && 'Serverless Star of the Week');
  const items = (section.items ?? []).map(itemMarkdown).join('\n');
  const quote = section.quote && `> ${section.quote.text}\n>\n> ${section.quote.by ?? ''}`;
  return [
    heading && `## ${heading}`,
    section.image && picture(section.image),
    section.src && picture(section),
    section.intro,
    section.name && section.url && `### [${section.name}](${section.url})`,
    section.person && `### ${section.person.name}`,
    section.body,
    items,
    quote,
    section.text && `> ${section.text}`,
    section.label && `[${section.label}](${section.url})`,
    section.type === 'divider' && '---',
    section.closing && `${section.closing}\n\n${section.name}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

const picture = ({ src, alt }) => `![${alt}](/${src})`;

function itemMarkdown({ title, url, author, source, starts, location, note }) {
  const name = url ? `[${title}](${url})` : title;
  const by = [author, source, starts, location].filter(Boolean).join(', ');
  return `- ${name}${by ? ` (${by})` : ''}${note ? `: ${note.trim().replace(/\n\s*/g, ' ')}` : ''}`;
}
