import type { Clock } from '../platform/clock.js';
import type { Archive, ArchiveOptions } from './archive-types.js';
import type {
  Approvals,
  CheckOptions,
  CheckReport,
  IssueName,
  IssueStatus,
  IssueSummary,
  RenderedIssue,
  RenderOptions,
  Variant,
} from './issue-types.js';
import type { AddLinksOptions, AddLinksResult } from './link-types.js';
import type {
  DueOptions,
  DueResult,
  PreparedSend,
  SendOptions,
  SendResult,
  TestCopy,
  TransportName,
} from './send-types.js';
import type { Subscribers } from './subscriber-types.js';

export interface OpenOptions {
  /** A folder with obn.yaml in it or above it; default: that of the process. */
  readonly cwd?: string | undefined;
  /** Variables for obn.yaml and transports; default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Address of the ledger, instead of the one that OBN_LEDGER or obn.yaml names. */
  readonly ledger?: string | undefined;
  /** Receives what a ledger says while it works, such as that its server is away. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** The configuration, as far as it is part of the API. */
export interface NewsletterConfig {
  readonly newsletter: {
    /** The List-ID. */
    readonly id: string;
    readonly name: string;
    readonly url: string;
    readonly language: string;
    readonly timezone: string;
  };
  readonly from: { readonly name: string; readonly email: string };
  readonly audience: { readonly file: string; readonly ledger: boolean };
  readonly send: {
    readonly transport: TransportName;
    /** Messages per second, or `auto`. */
    readonly rate: number | 'auto';
    readonly require_approval: boolean;
  };
}

/** An open newsletter. Paths are relative to the folder that was opened; times are milliseconds since 1970. */
export interface Newsletter {
  /** Absolute path of the folder with obn.yaml. */
  readonly root: string;
  readonly config: NewsletterConfig;
  readonly subscribers: Subscribers;
  readonly approvals: Approvals;
  /** Every issue, by number. */
  issues(): Promise<readonly IssueSummary[]>;
  /** Finds what is wrong with one issue, some, or the whole newsletter. */
  check(issue?: IssueName | CheckOptions): Promise<CheckReport>;
  /** Renders an issue as one reader gets it. */
  render(issue?: IssueName, options?: RenderOptions): Promise<RenderedIssue>;
  /** The distinct messages that the whole list would get. */
  variants(issue?: IssueName, options?: Pick<RenderOptions, 'list'>): Promise<readonly Variant[]>;
  /** Plans to send an issue, or to go on with it. Nothing is handed over before `execute`. */
  send(issue?: IssueName, options?: SendOptions): Promise<PreparedSend>;
  /** Sends every issue whose time has come, as one run at most does at a time. */
  sendDue(options?: DueOptions): Promise<readonly DueResult[]>;
  /** Sends one copy, its subject marked, to each address; no delivery is recorded. */
  sendTest(
    issue: IssueName,
    addresses: readonly string[],
    options?: Pick<SendOptions, 'list' | 'transport'>,
  ): Promise<readonly TestCopy[]>;
  /** Makes a ledger that was lost the one that counts: what may have been handed over is unknown. Nothing is sent. */
  acceptLedger(issue: IssueName, options?: SendOptions): Promise<SendResult>;
  /** What became of every delivery of an issue, or who would get it. */
  status(issue?: IssueName): Promise<IssueStatus>;
  /** Everyone who was not accepted, and why, as pieces of a CSV text. */
  failures(issue: IssueName): AsyncIterable<string>;
  /**
   * Reads web pages and adds them to the links of the newest draft, of another issue, or of links.yaml.
   * @throws ObnError, with nothing added, for an invalid or private address, or a file with errors
   */
  addLinks(urls: readonly string[], options?: AddLinksOptions): Promise<AddLinksResult>;
  /** Builds the site of every public issue. */
  archive(options?: ArchiveOptions): Promise<Archive>;
  /** Closes what prepared sends and imports still hold open. */
  close(): Promise<void>;
}
