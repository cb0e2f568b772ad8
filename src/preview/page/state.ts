import type {
  Broken,
  Failure,
  FindingsView,
  IssueView,
  NewsletterFacts,
  ReaderFacts,
  TestResult,
} from '../protocol.js';
import type { Choice } from './choice.js';

/** Readers that the search has found, or whom a distinct message stands for. */
export interface ReaderOption extends ReaderFacts {
  /** What is said beside it. */
  readonly note: string;
}

/** All that the page shows. */
export interface State {
  readonly choice: Choice;
  readonly newsletter?: NewsletterFacts;
  readonly issue?: IssueView;
  readonly findings?: FindingsView;
  /** The text that is shown as a source, or the text part. */
  readonly text?: string;
  /** The line of the issue's file that a finding was last shown for. */
  readonly marked?: number;
  /** What the server would not do. */
  readonly failure?: Failure;
  readonly connected: boolean;
  readonly readers: {
    readonly open: boolean;
    readonly text: string;
    readonly options: readonly ReaderOption[];
    /** Which of the options is marked. */
    readonly active: number;
  };
  readonly test: { readonly sending: boolean; readonly result?: TestResult; readonly failure?: Failure };
  /** Said to those who do not see the page. */
  readonly said: string;
}

/** What is wrong with what is shown, if something is. */
export function brokenOf({ newsletter, issue }: State): Broken | undefined {
  return newsletter?.broken ?? issue?.broken;
}

/** The issue that is shown: the chosen one, or the newest. */
export function issueOf({ choice, newsletter }: Pick<State, 'choice' | 'newsletter'>): number | undefined {
  return choice.issue ?? newsletter?.issues[0]?.number;
}
