import { type IssueState, type Progress, progressOf, stateOfFile } from '../delivery/state.js';
import { EXIT } from '../findings/error.js';
import { readAllIssues } from '../issue/store.js';
import { type CommandContext, defineCommand } from './command.js';
import { findingsText, plural } from './print/findings.js';
import { columns } from './print/table.js';
import { openLedger, openNewsletter } from './support/open.js';

interface Options {
  readonly ledger?: string;
}

interface Row {
  readonly number: number;
  readonly title: string | null;
  readonly date: string | null;
  readonly state: IssueState | 'invalid';
  readonly file: string;
}

export const list = defineCommand<[], Options>({
  options: [{ flags: '--ledger <url>', description: 'instead of the ledger of obn.yaml' }],
  examples: [['obn list', 'number, title, date, state and counts']],
  async run(context, _, options) {
    const newsletter = await openNewsletter(context);
    const ledger = await openLedger(newsletter, context, { ...options, create: false });
    try {
      const rows: (Row & { counts: string })[] = [];
      let broken = false;
      for (const { file, parsed } of await readAllIssues(newsletter)) {
        const progress = await progressOf(ledger, file.number, context.clock.now());
        const base = { number: file.number, file: file.name, counts: countsText(progress) };
        if ('issue' in parsed) {
          const { title, date } = parsed.issue;
          rows.push({ ...base, title, date, state: progress?.state ?? stateOfFile(parsed.issue) });
        } else {
          broken = true;
          rows.push({ ...base, title: null, date: null, state: progress?.state ?? 'invalid' });
          context.output.talk(findingsText(parsed.findings, context.output.talkStyle));
        }
      }
      print(context, rows);
      return broken ? EXIT.findings : EXIT.done;
    } finally {
      await ledger.close();
    }
  },
});

function print({ json, output }: CommandContext, rows: readonly (Row & { counts: string })[]): void {
  if (json)
    output.json(rows.map(({ number, title, date, state, file }) => ({ number, title, date, state, file })));
  else if (rows.length === 0) output.talk('There is no issue yet; `obn new` writes the first.');
  else
    output.result(
      columns(
        rows.map((row) => [`#${row.number}`, row.date ?? '', row.state, row.title ?? row.file, row.counts]),
      ),
    );
}

function countsText(progress: Progress | undefined): string {
  if (!progress) return '';
  const { accepted, queued, claimed, rejected, unknown } = progress.counts;
  const parts = [plural(accepted, 'message')];
  if (queued + claimed > 0) parts.push(`${queued + claimed} left`);
  if (rejected > 0) parts.push(`${rejected} rejected`);
  if (unknown > 0) parts.push(`${unknown} unknown`);
  return parts.join(', ');
}
