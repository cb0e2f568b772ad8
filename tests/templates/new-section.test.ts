import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

const ROOT = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');

/** The folder of a section type that obn does not have. */
const FOLDER: Readonly<Record<string, string>> = {
  'index.ts': `import { z } from 'zod';
import { markdown, moment, object, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

const talk = object({
  title: text('The title of the talk.'),
  starts: moment('When it starts.'),
  ends: moment('When it ends.').optional(),
  about: markdown('What it is about.'),
});

export const meetup = defineSection(
  'meetup',
  'an evening of talks, and who pays for the pizza',
  { city: text('Where.'), host: text('Who pays.'), site: url('Their page.'), talks: z.array(talk).min(1) },
  { usual: true, headings: ['city'], sponsor: 'host', events: 'talks', itemIndent: 4 },
);
`,
  'email.mjml.hbs':
    '<mj-section><mj-column><mj-text>{{city}}, <a href="{{site}}">sponsored by {{host}}</a>{{#each talks}}<p>{{title}}</p>{{about}}{{/each}}</mj-text></mj-column></mj-section>\n',
  'web.html.hbs':
    '<section id="{{anchor}}"><h2>{{city}}</h2><p>Sponsored by {{host}}</p>{{#each talks}}<p>{{title}}</p>{{about}}{{/each}}</section>\n',
  'text.txt.hbs':
    '{{heading_underlined city}}\nSponsored by {{host}}\n{{#each talks}}\n--- {{title}}\n{{indent about 4}}\n{{/each}}\n',
  'sample.yaml': `- type: meetup
  city: Lisbon
  host: Lantern
  site: https://lantern.example.org
  talks:
    - title: Queues, and how to live with them
      starts: {{date}}T18:00
      about: By **{{default first_name "somebody"}}**, with [slides](https://slides.example.org/queues).
`,
};

let copy: string;
let newsletter: TestNewsletter;

/** Runs a program in the copy of the repository. */
function run(...args: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  return execFileSync(process.execPath, args, { cwd: copy, env, encoding: 'utf8' });
}

function obn(...args: readonly string[]): string {
  const options = { cwd: newsletter.root, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync(process.execPath, [join(copy, 'bin/obn.js'), ...args], options);
}

interface Found {
  readonly rule: string;
  readonly line: number;
  readonly message: string;
}

/** What is found in an issue with errors. */
function check(): Found[] {
  try {
    return findingsIn(obn('check', '--json'));
  } catch (error) {
    return findingsIn((error as { readonly stdout: string }).stdout);
  }
}

function findingsIn(json: string): Found[] {
  return (JSON.parse(json) as { readonly findings: Found[] }).findings;
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'obn-section-'));
  for (const name of ['bin', 'src', 'scripts/sections-document.js', 'package.json'])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  for (const name of ['tsconfig.json', 'tsconfig.build.json', 'tests/templates/sections.test.ts'])
    cpSync(join(ROOT, name), join(copy, name));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const folder = join(copy, 'src/templates/sections/meetup');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(FOLDER)) writeFileSync(join(folder, name), text);
  const table = join(copy, 'src/templates/table.ts');
  const line = "import { meetup } from './sections/meetup/index.js';\n";
  const text = readFileSync(table, 'utf8').replace('\n  signoff,\n]', '\n  signoff,\n  meetup,\n]');
  writeFileSync(table, `${line}${text}`);
  run(tsc, '-p', 'tsconfig.build.json');
  cpSync(join(copy, 'src/templates'), join(copy, 'dist/templates'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  newsletter = makeNewsletter({}, { keep: true });
});

afterAll(() => {
  newsletter.remove();
  rmSync(copy, { recursive: true, force: true });
});

describe('a section type made of a folder and a line of the table', () => {
  it('is in the JSON Schema of an issue', () => {
    const validate = new Ajv2020({ validateFormats: false, strict: false }).compile(
      JSON.parse(obn('schema', 'issue')),
    );
    const issue = (section: object) => ({ number: 1, title: 'T', date: '2030-01-01', sections: [section] });
    const talks = [{ title: 'T', starts: '2030-01-01', about: 'A' }];
    const section = { type: 'meetup', city: 'C', host: 'H', site: 'https://x.example', talks };
    expect(validate(issue(section))).toBe(true);
    expect(validate(issue({ ...section, speakers: [] }))).toBe(false);
  });

  it('is scaffolded, checked and rendered in every form', () => {
    const file = obn('new', 'A new kind', '--number', '7', '--date', '2030-03-05', '--yes').trim();
    expect(newsletter.read(file)).toMatch(/- type: meetup\n {4}city: Lisbon/);
    obn('check', '7');
    obn('render', '7', '--out', 'out');
    for (const name of ['email.html', 'web.html', 'email.txt']) {
      const form = newsletter.read(`out/${name}`);
      expect(form).toContain('Queues, and how to live with them');
      expect(form).toMatch(/sponsored by Lantern/i);
    }
    expect(newsletter.read('out/web.html')).toContain('<section id="lisbon">');
    expect(newsletter.read('out/email.txt')).toContain('    By *somebody*, with slides');
  });

  it('is checked by the rules according to its record', () => {
    const talk =
      'title: Late\n        starts: 2030-03-05T19:00\n        ends: 2030-03-05T18:00\n        about: "{{nope}}"';
    const issue = `number: 8\ntitle: Bad\ndate: 2030-03-04\nsections:\n  - type: meetup\n    city: C\n    host: Lantern\n    site: https://lantern.example.org\n    talks:\n      - ${talk}\n`;
    newsletter.write('issues/008-bad.yaml', issue);
    newsletter.write('templates/sections/meetup/text.txt.hbs', '{{city}} {{host}}\n');
    const found = check().map(({ rule, line, message }) => `${line} ${rule} ${message}`);
    expect(found).toEqual(
      expect.arrayContaining([
        '7 sponsor/label the text part does not label Lantern as a sponsor',
        '12 event/order "Late" ends before it begins',
        expect.stringMatching(/^13 merge\/column /),
      ]),
    );
  });

  it('is in docs/sections.md', () => {
    mkdirSync(join(copy, 'docs'));
    run('scripts/sections-document.js');
    const document = readFileSync(join(copy, 'docs/sections.md'), 'utf8');
    expect(document).toContain(
      '| [`meetup`](#meetup) | an evening of talks, and who pays for the pizza | yes |',
    );
    expect(document).toContain('| `talks[].starts` | date, or date and time | yes |');
  });

  it('must pass the contract of section types', () => {
    const report = JSON.parse(
      run(vitest, 'run', '--root', copy, '--reporter', 'json', 'tests/templates/sections.test.ts'),
    ) as { readonly success: boolean; readonly testResults: { assertionResults: { fullName: string }[] }[] };
    const names = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    expect(report.success).toBe(true);
    expect(names.filter(({ fullName }) => fullName.includes('section type meetup')).length).toBeGreaterThan(
      5,
    );
  });
});
