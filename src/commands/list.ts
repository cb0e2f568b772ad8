import { goesAt } from '../campaign/goes-at.js';
import { openLedger, openNewsletter } from '../campaign/open.js';
import { type IssueState, type Progress, progressOf, stateOfFile } from '../delivery/state.js';
import { EXIT } from '../findings/error.js';
import { readAllIssues } from '../issue/store.js';
import { plural } from '../text/plural.js';
import { type CommandContext, defineCommand } from './command.js';
import { findingsText } from './print/findings.js';
import { columns } from './print/table.js';
import { goesText, timeIso } from './print/times.js';
import { sayMisnamed } from './support/say-misnamed.js';

interface Options {
  readonly ledger?: string;
}

interface Row {
  readonly number: number;
  readonly title: string | null;
  readonly date: string | null;
  readonly state: IssueState | 'invalid';
  readonly file: string;
  /** When it is to go out, where it is still to, in milliseconds since 1970. */
  readonly at?: number | undefined;
}

export const list = defineCommand<[], Options>({
  options: [{ flags: '--ledger <url>', description: 'instead of the ledger of obn.yaml' }],
  examples: [['obn list', 'number, title, date, state and counts']],
  async run(context, _, options) {
    const newsletter = await openNewsletter(context);
    const ledger = await openLedger(newsletter, context, { ...options, create: false });
    try {
      const { timezone } = newsletter.config.newsletter;
      const rows: (Row & { counts: string })[] = [];
      let broken = false;
      for (const { file, parsed } of await readAllIssues(newsletter)) {
        const progress = await progressOf(ledger, file.number, context.clock.now());
        const base = { number: file.number, file: file.name, counts: countsText(progress) };
        if ('issue' in parsed) {
          const { title, date } = parsed.issue;
          const state = progress?.state ?? stateOfFile(parsed.issue);
          rows.push({ ...base, title, date, state, at: goesAt(parsed.issue, progress, timezone) });
        } else {
          broken = true;
          rows.push({ ...base, title: null, date: null, state: progress?.state ?? 'invalid' });
          context.output.talk(findingsText(parsed.findings, context.output.talkStyle));
        }
      }
      await sayMisnamed(context, newsletter);
      print(context, rows, timezone);
      return broken ? EXIT.findings : EXIT.done;
    } finally {
      await ledger.close();
    }
  },
});

function print(
  { clock, json, output }: CommandContext,
  rows: readonly (Row & { counts: string })[],
  timezone: string,
): void {
  if (json) output.json(rows.map((row) => documentOf(row, timezone)));
  else if (rows.length === 0) output.talk('There is no issue yet; `obn new` writes the first.');
  else
    output.result(
      columns(
        rows.map(({ number, date, state, title, file, counts, at }) => {
          const when = at === undefined ? '' : goesText(at, timezone, clock.now());
          const facts = [counts, when].filter(Boolean).join('; ');
          return [`#${number}`, date ?? '', state, title ?? file, facts];
        }),
      ),
    );
}

function documentOf({ number, title, date, state, file, at }: Row, timezone: string) {
  const document = { number, title, date, state, file };
  return at === undefined ? document : { ...document, send_at: timeIso(at, timezone) };
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
