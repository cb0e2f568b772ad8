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

/** What the server is asked for. */
export type Asked = 'newsletter' | 'issue' | 'content' | 'findings';

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
  /** What the server would not tell, until it does. */
  readonly failures: Readonly<Partial<Record<Asked, Failure>>>;
  readonly connected: boolean;
  readonly readers: {
    readonly open: boolean;
    readonly text: string;
    readonly options: readonly ReaderOption[];
    /** Which of the options is marked. */
    readonly active: number;
    /** Why nobody can be found. */
    readonly trouble?: string;
  };
  readonly test: { readonly sending: boolean; readonly result?: TestResult; readonly failure?: Failure };
  /** Said to those who do not see the page. */
  readonly said: string;
}

/** What is wrong with what is shown, if something is. */
export function brokenOf({ newsletter, issue }: State): Broken | undefined {
  return newsletter?.broken ?? issue?.broken;
}

/** Why what is shown is not what was asked for, if it is not. */
export function refusalOf({ failures }: State): Broken | undefined {
  const failure = failures.content ?? failures.issue ?? failures.newsletter;
  if (!failure) return undefined;
  const { error, hint, findings = [] } = failure;
  return { message: error, findings, ...(hint === undefined ? {} : { hint }) };
}

/** The issue that is shown: the chosen one, or the newest. */
export function issueOf({ choice, newsletter }: Pick<State, 'choice' | 'newsletter'>): number | undefined {
  return choice.issue ?? newsletter?.issues[0]?.number;
}
