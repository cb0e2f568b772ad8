import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

const LONG = `Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft${'x'.repeat(60)}`;
const URL = `https://weekly.example.com/${'a/very-long-path/'.repeat(12)}`;
const CODE = `const somethingVeryLong = ${'abcdefghij'.repeat(14)};`;

const SECTIONS = [
  { type: 'intro', body: `Hi,\n\n${LONG} ${URL} \`${CODE}\`\n\n> ${LONG}\n\n- ${URL}\n\n# A heading within` },
  {
    type: 'story',
    heading: `When ${LONG} grows`,
    body: `\`\`\`\n${CODE}\n\`\`\`\n\n| a | b | c | d |\n|---|---|---|---|\n| ${URL} | ${LONG} | 1 | 2 |`,
    quote: { text: LONG, by: LONG, url: URL },
  },
  { type: 'links', heading: LONG, items: [{ title: LONG, url: URL, author: LONG, source: LONG, note: URL }] },
  {
    type: 'events',
    heading: 'Events',
    items: [
      { title: 'No time and no address', starts: '2018-10-04' },
      { title: LONG, url: URL, starts: '2018-10-04T18:30+02:00', location: LONG, host: LONG, note: LONG },
    ],
  },
  { type: 'star', person: { name: 'Without a photo' }, body: 'b' },
  { type: 'star', person: { name: LONG, handle: LONG, url: URL }, body: LONG, quote: { text: 'q' } },
  { type: 'sponsor', name: 'Without a picture', url: URL, body: 'b' },
  { type: 'sponsor', name: LONG, url: URL, body: LONG, cta: LONG },
  { type: 'project', name: LONG, url: URL, version: LONG, body: CODE },
  { type: 'button', label: LONG, url: URL },
  { type: 'closing', heading: LONG, body: LONG },
  { type: 'signoff', closing: LONG, name: LONG },
];

/** A newsletter in this language with everything that could break its layout; its site is https://weekly.example.com. */
export function hardNewsletter(language: string, theme: object = {}): TestNewsletter {
  const issue = { number: 1, title: `${LONG} and so on`, date: '2018-09-18', sections: SECTIONS };
  const newsletter = {
    name: 'Test Weekly',
    url: 'https://weekly.example.com',
    language,
    address: LONG,
    social: [{ name: LONG, url: URL }],
  };
  return makeNewsletter(
    { 'issues/001-first.yaml': JSON.stringify(issue) },
    { config: { newsletter, theme }, keep: true },
  );
}
