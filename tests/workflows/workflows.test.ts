import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pinned } from '../../src/init/action-pins.js';
import { workflowFiles } from '../../src/init/workflows.js';
import { version } from '../../src/platform/version.js';
import { actionlint } from './actionlint.js';

const ROOT = join(import.meta.dirname, '../..');
const document = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');

/** The blocks of code of a document in one language. */
function blocks(language: string, text = document): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text = '']) => text,
  );
}

const own = readdirSync(join(ROOT, '.github/workflows')).map(
  (name) => [name, readFileSync(join(ROOT, '.github/workflows', name), 'utf8')] as const,
);
const archive = readFileSync(join(ROOT, 'docs/archive.md'), 'utf8');
const documented = [...blocks('yaml'), ...blocks('yaml', archive)].filter((text) => /^on:/m.test(text));

/** Every workflow, by what it is called in a message. */
const workflows = [
  ...workflowFiles(version),
  ...own,
  ...documented.map((text, index) => [`${parse(text).name} (${index + 1}), of the documents`, text] as const),
];

describe('actionlint', () => {
  it.each(workflows)('finds nothing in %s', async (_name, text) => {
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

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly 'cancel-in-progress': boolean };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: object;
  readonly concurrency?: Job['concurrency'];
  readonly jobs: Readonly<Record<string, Job>>;
}

it('gives each job what it needs, and no other', () => {
  const jobs = workflowFiles(version).flatMap(([, text]) => {
    const { permissions, concurrency, jobs } = parse(text) as Workflow;
    expect(permissions).toEqual({});
    return Object.entries(jobs).map(([name, job]) => [name, { concurrency, ...job }] as const);
  });
  expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).toEqual({
    check: { contents: 'read' },
    send: { contents: 'read', 'id-token': 'write' },
    publish: { contents: 'read' },
    deploy: { pages: 'write', 'id-token': 'write' },
  });
  for (const [name, { concurrency }] of jobs) {
    if (name !== 'check') expect(concurrency).toMatchObject({ 'cancel-in-progress': false });
  }
});

describe.each(workflows)('%s', (_name, text) => {
  const { jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('names each action by the commit of a release', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    for (const action of uses) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      expect(action).toBe(pinned(action?.split('@')[0] as Parameters<typeof pinned>[0]));
    }
  });

  it('gives secrets to the step that sends, and to no other', () => {
    const secret = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(secret.map(({ run }) => run)).toEqual(text.includes('send --due') ? [expect.any(String)] : []);
    for (const { run } of secret) expect(run).toMatch(/obn@\S+ send --due --yes$/);
    // Neither a job nor the workflow hands them on to each step.
    expect(text.match(/secrets\./g)?.length ?? 0).toBe(
      JSON.stringify(secret).match(/secrets\./g)?.length ?? 0,
    );
  });

  it('keeps the token of the checkout only where it pushes', () => {
    const pushes = steps.some(({ run }) => run?.includes('git push'));
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    for (const checkout of checkouts)
      expect(checkout.with?.['persist-credentials']).toBe(pushes ? undefined : false);
  });
});

it('installs obn before the step that has secrets', () => {
  const [[, text] = []] = workflowFiles(version);
  const { send } = (parse(text ?? '') as Workflow).jobs;
  const runs = send?.steps.map(({ run }) => run).filter((run) => run?.startsWith('npx'));
  expect(runs).toEqual([`npx --yes obn@${version} --version`, `npx --yes obn@${version} send --due --yes`]);
});

it('sends only from the default branch or main', () => {
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
