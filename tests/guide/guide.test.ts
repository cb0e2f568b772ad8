import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkRules } from '../../src/check/network-rules.js';
import { issueRules, newsletterRules } from '../../src/check/table.js';
import { commandsDocument } from '../../src/commands/support/commands-document.js';
import { commands } from '../../src/commands/table.js';
import { openNewsletter } from '../../src/config/load.js';
import { guideText } from '../../src/guide/guide.js';
import { parseIssue } from '../../src/issue/issue.js';
import { issueSchema } from '../../src/issue/schema.js';
import { renderIssue } from '../../src/render/render.js';
import { sectionTypes } from '../../src/templates/table.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';

/** The blocks of YAML in a page. */
const yamlBlocks = (page: string) =>
  [...page.matchAll(/```yaml\n(.*?)\n```/gs)].map((match) => match[1] ?? '');

/** An example as an issue: it is one, or it is a list of sections. */
const asIssue = (yaml: string) =>
  yaml.startsWith('- ') ? `number: 1\ntitle: An example\ndate: 2026-12-01\nsections:\n${yaml}\n` : yaml;

const guide = await guideText(await commandsDocument(commands));

describe('the examples of the guide', () => {
  const examples = yamlBlocks(guide).map((yaml): [type: string, yaml: string] => [
    /^- type: (\w+)/.exec(yaml)?.[1] ?? 'issue',
    yaml,
  ]);

  it('are an issue, and a section of each type', () => {
    expect(examples.map(([type]) => type)).toEqual(['issue', ...sectionTypes.map(({ name }) => name)]);
  });

  it.each(examples)('can be parsed and rendered: %s', async (_, yaml) => {
    const parsed = parseIssue('issues/001-example.yaml', asIssue(yaml));
    if ('findings' in parsed) throw new Error(JSON.stringify(parsed.findings));
    const { root } = makeNewsletter();
    const rendered = await renderIssue(parsed.issue, await openNewsletter(root, {}));
    expect(rendered.problems).toEqual([]);
    expect(rendered.web).toContain('</html>');
    for (const { type } of parsed.issue.sections)
      expect(sectionTypes.map(({ name }) => name)).toContain(type);
  });
});

describe('the guide', () => {
  it('has every key of an issue', () => {
    for (const key of Object.keys(issueSchema.shape)) expect(guide).toContain(`\n| \`${key}\` | `);
  });

  it('has every rule, with what to do', () => {
    for (const { name } of [...issueRules, ...newsletterRules, ...networkRules])
      expect(guide).toMatch(new RegExp(`\n\\| \`${name}\` \\| (error|warning|info) \\| [^|]+ \\| [^|]+\\.`));
  });

  it('has every command, with its document and exit codes', async () => {
    for (const { name, json } of (await commandsDocument(commands)).commands) {
      const part = guide.split(`\n### obn ${name}\n`)[1]?.split('\n### ')[0] ?? '';
      expect(part, name).toContain(json ?? 'no JSON document');
      expect(part, name).toMatch(/Exit codes:\n\n- 0: /);
    }
  });

  it('has no tag that Markdown takes for HTML', () => {
    const text = guide.replace(/```.*?```/gs, '').replace(/(`+)[^`]*\1/g, '');
    expect(text).not.toMatch(/<[a-z!/]/i);
  });

  it('is printed without a newsletter, as text and as JSON', async () => {
    const text = await obn('/', ['guide']);
    expect([text.code, text.stdout]).toEqual([0, guide]);
    expect((await obn('/', ['guide', '--json'])).json()).toEqual({ markdown: guide });
  });
});

describe('AGENTS.md', () => {
  it('is the guide, in a newsletter that exists', async () => {
    const { root } = makeNewsletter();
    const { code, stdout } = await obn(root, ['init', '--agents']);
    expect([code, stdout]).toEqual([0, 'AGENTS.md\n']);
    expect(readFileSync(join(root, 'AGENTS.md'), 'utf8')).toBe(guide);
  });

  it('is never overwritten', async () => {
    const { root } = makeNewsletter({ 'AGENTS.md': 'mine\n' });
    const { code, stderr } = await obn(root, ['init', '--agents']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('AGENTS.md is already there')]);
    expect(readFileSync(join(root, 'AGENTS.md'), 'utf8')).toBe('mine\n');
  });

  it('comes with a new newsletter only when asked for', async () => {
    const { root } = makeNewsletter({ 'obn.yaml': null });
    const made = await obn(root, ['init', 'with', '--yes', '--agents', '--json']);
    expect(made.json<{ files: string[] }>().files).toContain('AGENTS.md');
    await obn(root, ['init', 'without', '--yes']);
    expect([existsSync(join(root, 'with/AGENTS.md')), existsSync(join(root, 'without/AGENTS.md'))]).toEqual([
      true,
      false,
    ]);
  });
});
