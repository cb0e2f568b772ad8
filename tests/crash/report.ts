import type { Reporter, TestModule } from 'vitest/node';
import type { Round } from './plan.js';
import type { Outcome } from './verdict.js';

interface Entry {
  readonly target: string;
  readonly round: Round;
  readonly outcome: Outcome;
}

type Column = readonly [title: string, value: (outcomes: readonly Outcome[]) => number | string];

const sum = (of: (outcome: Outcome) => number) => (outcomes: readonly Outcome[]) =>
  outcomes.reduce((total, outcome) => total + of(outcome), 0);
const most = (of: (outcome: Outcome) => number) => (outcomes: readonly Outcome[]) =>
  Math.max(0, ...outcomes.map(of));

const COLUMNS: readonly Column[] = [
  ['rounds', (outcomes) => outcomes.length],
  ['kills', sum(({ kills }) => kills)],
  ['before anything was sent', sum(({ early }) => Number(early))],
  ['delivered', sum(({ delivered }) => delivered)],
  ['doubled', sum(({ doubled }) => doubled)],
  ['unaccounted', sum(({ unaccounted }) => unaccounted)],
  ['unknown', sum(({ unknown }) => unknown)],
  ['of them delivered', sum(({ unknownTaken }) => unknownTaken)],
  ['most unanswered at a kill', most(({ waiting }) => waiting)],
  ['most unknown of a kill', most(({ doubt }) => doubt)],
  ['most allowed', most(({ bound }) => bound)],
  ['slowest process, s', (outcomes) => Math.round(most(({ seconds }) => seconds)(outcomes))],
];

/** Prints what the kills have done, by target and phase, when all of them are over. */
export class CrashReport implements Reporter {
  constructor(private readonly seed: string) {}

  onTestRunStart(): void {
    console.log(`OBN_CRASH_SEED=${this.seed}\n`);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const entries = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => test.meta().crash ?? []),
    );
    console.log(`\nOBN_CRASH_SEED=${this.seed}\n\n${tableOf(entries)}\n`);
  }
}

function tableOf(entries: readonly Entry[]): string {
  const names = [...new Set(entries.map(nameOf))].sort();
  const rows = names.map((name) =>
    rowOf(
      name,
      entries.filter((entry) => nameOf(entry) === name),
    ),
  );
  const head = ['', ...COLUMNS.map(([title]) => title)];
  const lines = [head, ...rows, rowOf('all', entries)];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map((line) => line.map((cell, at) => pad(cell, widths[at] ?? 0, at)).join('  ')).join('\n');
}

function nameOf({ target, round }: Entry): string {
  return `${target}, ${round.phase}`;
}

function rowOf(name: string, entries: readonly Entry[]): string[] {
  const outcomes = entries.map(({ outcome }) => outcome);
  return [name, ...COLUMNS.map(([, value]) => value(outcomes).toLocaleString('en'))];
}

function pad(cell: string, width: number, at: number): string {
  return at === 0 ? cell.padEnd(width) : cell.padStart(width);
}
