import type { SpamProgress } from '../../check/spam/check-spam.js';
import type { SpamReport } from '../../check/spam/report.js';
import { visible } from '../../findings/visible.js';
import { columns } from '../../text/columns.js';
import type { Style } from './style.js';

/** The score of an issue, and each rule that it triggered, with points and description. */
export function spamText(
  { issue, score, threshold, rules }: { readonly issue: number } & SpamReport,
  style: Style,
): string {
  const color = score >= threshold ? style.red : score > threshold / 2 ? style.yellow : style.green;
  const points = color(`${score.toFixed(1)} of ${threshold.toFixed(1)} points`);
  const head = `${style.bold(`Issue #${issue}`)}: ${points} from SpamAssassin`;
  const rows = rules.map((rule) => [
    rule.points.toFixed(3).padStart(8),
    rule.name,
    visible(rule.description),
  ]);
  return rows.length === 0 ? head : `${head}\n${columns(rows)}`;
}

/** The progress line of a spam check, and the share that is done. */
export function spamProgress({ issue, done, total }: SpamProgress): [text: string, share: number] {
  return [`SpamAssassin is checking issue #${issue}`, done / total];
}
