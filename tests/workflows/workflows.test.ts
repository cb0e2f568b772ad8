import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowFiles } from '../../src/commands/support/workflows.js';
import { version } from '../../src/platform/version.js';
import { actionlint } from './actionlint.js';

const ROOT = join(import.meta.dirname, '../..');
const document = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');

/** The blocks of code of docs/ci.md in one language. */
function blocks(language: string): string[] {
  return [...document.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text = '']) => text,
  );
}

const own = readdirSync(join(ROOT, '.github/workflows')).map(
  (name) => [name, readFileSync(join(ROOT, '.github/workflows', name), 'utf8')] as const,
);
const documented = blocks('yaml').filter((text) => /^on:/m.test(text));

describe('actionlint', () => {
  it.each([
    ...workflowFiles(version),
    ...own,
    ...documented.map((text) => [`${parse(text).name}, of docs/ci.md`, text] as const),
  ])('finds nothing in %s', async (_name, text) => {
    expect(await actionlint(text)).toEqual([]);
  });

  it('finds what is wrong', async () => {
    const [[, text] = []] = workflowFiles(version);
    const wrong = text?.replace('cancel-in-progress', 'cancel-in-progres').replace('vars.OBN_LIST', 'vars[');
    expect(await actionlint(wrong ?? '')).toEqual([
      expect.stringMatching(/unexpected key "cancel-in-progres"/),
      expect.stringMatching(/^\d+: /),
    ]);
  });
});

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly 'cancel-in-progress': boolean };
}

it('gives each job what it needs, and no other', () => {
  const jobs = workflowFiles(version).flatMap(([, text]) => {
    const workflow = parse(text) as { permissions: object; jobs: Record<string, Job> };
    expect(workflow.permissions).toEqual({});
    return Object.entries(workflow.jobs);
  });
  expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).toEqual({
    check: { contents: 'read' },
    send: { contents: 'read', 'id-token': 'write' },
    publish: { contents: 'read', pages: 'write', 'id-token': 'write' },
  });
  for (const [name, { concurrency }] of jobs) {
    if (name !== 'check') expect(concurrency).toMatchObject({ 'cancel-in-progress': false });
  }
});

it('sends what stands on the default branch, or on main, and nothing of another branch', () => {
  const [[, text] = []] = workflowFiles(version);
  const { send } = (parse(text ?? '') as { jobs: { send: { if: string } } }).jobs;
  const sends = (event_name: string, ref: string, OBN_SEND: string) =>
    new Function('github', 'vars', `return ${send.if}`)({ event_name, ref }, { OBN_SEND });
  expect(sends('schedule', 'refs/heads/trunk', 'yes')).toBe(true);
  expect(sends('workflow_dispatch', 'refs/heads/main', 'yes')).toBe(true);
  expect(sends('schedule', 'refs/heads/main', '')).toBe(false);
  expect(sends('workflow_dispatch', 'refs/heads/idea', 'yes')).toBe(false);
  expect(sends('pull_request', 'refs/pull/1/merge', 'yes')).toBe(false);
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

it('documents a policy that allows every call that is made, and none that is not', () => {
  const folder = join(ROOT, 'src/transport/ses');
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const calls = sources.flatMap((text) =>
    [...text.matchAll(/\bsdk\.(\w+)Command\b/g)].map(([, name]) => `ses:${name}`),
  );
  const policies = blocks('json').map((text) => JSON.parse(text) as { Statement: Statement[] });
  const allowed = policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
  const ses = new Set(allowed.filter((action) => action.startsWith('ses:')));
  // Ready-made messages are a right of their own; mode bulk has its own instead of both.
  const needed = new Set([...calls, 'ses:SendRawEmail']);
  needed.delete('ses:SendBulkEmail');
  expect([...ses].sort()).toEqual([...needed].sort());
  expect(document).toContain('| `ses:SendBulkEmail` | in place of both');
});

it('documents every examination of the doctor', async () => {
  const { examinations } = await import('../../src/doctor/table.js');
  const rows = examinations.map(({ name, summary }) => `| \`${name}\` | ${summary} |`);
  expect(document).toContain(`| name | what is looked at |\n|---|---|\n${rows.join('\n')}\n\n`);
});
