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

/** A search result, or an example reader of a distinct message. */
export interface ReaderOption extends ReaderFacts {
  /** Text next to the name. */
  readonly note: string;
}

/** Kinds of requests. */
export type Asked = 'newsletter' | 'issue' | 'content' | 'findings';

/** State of the page. */
export interface State {
  readonly choice: Choice;
  readonly newsletter?: NewsletterFacts;
  readonly issue?: IssueView;
  readonly findings?: FindingsView;
  /** Text of the source view or text part. */
  readonly text?: string;
  /** Line of the last selected finding. */
  readonly marked?: number;
  /** Failed requests, until they succeed. */
  readonly failures: Readonly<Partial<Record<Asked, Failure>>>;
  readonly connected: boolean;
  readonly readers: {
    readonly open: boolean;
    readonly text: string;
    readonly options: readonly ReaderOption[];
    /** Index of the active option. */
    readonly active: number;
    /** Why the search failed. */
    readonly trouble?: string;
  };
  readonly test: { readonly sending: boolean; readonly result?: TestResult; readonly failure?: Failure };
  /** Text for screen readers. */
  readonly said: string;
}

/** The problem with the shown issue, if any. */
export function brokenOf({ newsletter, issue }: State): Broken | undefined {
  return newsletter?.broken ?? issue?.broken;
}

/** Why the requested view is not shown, if it is not. */
export function refusalOf({ failures }: State): Broken | undefined {
  const failure = failures.content ?? failures.issue ?? failures.newsletter;
  if (!failure) return undefined;
  const { error, hint, findings = [] } = failure;
  return { message: error, findings, ...(hint === undefined ? {} : { hint }) };
}

/** Number of the shown issue: the chosen one, or the newest. */
export function issueOf({ choice, newsletter }: Pick<State, 'choice' | 'newsletter'>): number | undefined {
  return choice.issue ?? newsletter?.issues[0]?.number;
}
