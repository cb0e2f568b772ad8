/** A rule of SpamAssassin that a message has met. */
export interface SpamRule {
  readonly name: string;
  readonly points: number;
  /** Its own words. */
  readonly description: string;
}

/** What SpamAssassin thinks of a message. */
export interface SpamReport {
  readonly score: number;
  /** From this score on a message is taken for spam. */
  readonly threshold: number;
  /** The rules that it has met, most points first. */
  readonly rules: readonly SpamRule[];
}

const BEGIN = 'obn-report';
const END = 'obn-end';

/**
 * Settings under which it learns nothing from the message, judges it as it would on any other machine, and writes a
 * report that can be read by a program.
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

/** Reads the report behind what SpamAssassin prints of a message; undefined when there is none. */
export function parseSpamReport(output: string): SpamReport | undefined {
  // The message stands before it, and may say whatever it likes.
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

/** The words of each rule; what does not fit into a line goes on, indented, on the next. */
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
