/** A rule of SpamAssassin that matched a message. */
export interface SpamRule {
  readonly name: string;
  readonly points: number;
  /** As SpamAssassin describes it. */
  readonly description: string;
}

/** SpamAssassin's report on a message. */
export interface SpamReport {
  readonly score: number;
  /** A message with this score or more is spam. */
  readonly threshold: number;
  /** The rules that matched, most points first. */
  readonly rules: readonly SpamRule[];
}

const BEGIN = 'obn-report';
const END = 'obn-end';

/**
 * Settings that keep SpamAssassin from learning, make its score independent of the machine, and produce a
 * machine-readable report.
 */
export const SETTINGS: readonly string[] = [
  'use_bayes 0',
  'bayes_auto_learn 0',
  'clear_report_template',
  `report ${BEGIN} _SCORE_ _REQD_`,
  'report _TESTSSCORES(,)_',
  'report _SUMMARY_',
  `report ${END}`,
];

/** Reads the report at the end of SpamAssassin's output; undefined when there is none. */
export function parseSpamReport(output: string): SpamReport | undefined {
  // The message comes first and may contain the same marker.
  const lines = output.slice(output.lastIndexOf(`${BEGIN} `)).split(/\r?\n/);
  const [, score, threshold] =
    new RegExp(`^${BEGIN} (-?\\d+(?:\\.\\d+)?) (-?\\d+(?:\\.\\d+)?)$`).exec(lines[0] ?? '') ?? [];
  const end = lines.indexOf(END);
  if (score === undefined || threshold === undefined || end < 0) return undefined;
  const points = new Map<string, number>();
  for (const test of (lines[1] ?? '').split(',')) {
    const [name, value] = test.split('=');
    if (name && value && Number.isFinite(Number(value))) points.set(name, Number(value));
  }
  const words = descriptions(lines.slice(2, end));
  const rules = [...points].map(([name, value]) => ({
    name,
    points: value,
    description: words.get(name) ?? '',
  }));
  rules.sort((a, b) => b.points - a.points || a.name.localeCompare(b.name));
  return { score: Number(score) + 0, threshold: Number(threshold), rules };
}

/** The description of each rule; a long one continues on the next line, indented. */
function descriptions(lines: readonly string[]): Map<string, string> {
  const words = new Map<string, string>();
  let last = '';
  for (const line of lines) {
    const [, name, text] = /^ ?-?\d+(?:\.\d+)? (\w+)\s+(.*)$/.exec(line) ?? [];
    if (name !== undefined && text !== undefined) {
      last = name;
      words.set(name, text.trim());
    } else if (/^\s{8,}\S/.test(line) && last !== '') {
      words.set(last, `${words.get(last)} ${line.trim()}`);
    }
  }
  return words;
}
