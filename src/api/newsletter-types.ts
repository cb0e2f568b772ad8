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
  /** A folder with obn.yaml in it or above it; default: the current folder. */
  readonly cwd?: string | undefined;
  /** Variables for obn.yaml and transports; default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** The address of the ledger, instead of OBN_LEDGER or obn.yaml. */
  readonly ledger?: string | undefined;
  /** Receives messages of a ledger, such as that its server is not reachable. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** The part of the configuration that belongs to the API. */
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
  /** Checks one issue, some issues, or the whole newsletter. */
  check(issue?: IssueName | CheckOptions): Promise<CheckReport>;
  /** Renders an issue as one reader receives it. */
  render(issue?: IssueName, options?: RenderOptions): Promise<RenderedIssue>;
  /** The distinct messages that the list would get. */
  variants(issue?: IssueName, options?: Pick<RenderOptions, 'list'>): Promise<readonly Variant[]>;
  /** Plans to send an issue, or to resume its send. Nothing is handed over before `execute`. */
  send(issue?: IssueName, options?: SendOptions): Promise<PreparedSend>;
  /** Sends every due issue. Only one run does so at a time. */
  sendDue(options?: DueOptions): Promise<readonly DueResult[]>;
  /** Sends one copy with `[Test]` in the subject to each address. No delivery is recorded. */
  sendTest(
    issue: IssueName,
    addresses: readonly string[],
    options?: Pick<SendOptions, 'list' | 'transport'>,
  ): Promise<readonly TestCopy[]>;
  /** Accepts an incomplete ledger after a loss: deliveries that may have been handed over become `unknown`. Sends nothing. */
  acceptLedger(issue: IssueName, options?: SendOptions): Promise<SendResult>;
  /** The deliveries of an issue by state, or who would get it. */
  status(issue?: IssueName): Promise<IssueStatus>;
  /** Undelivered addresses and reasons, as pieces of a CSV text. */
  failures(issue: IssueName): AsyncIterable<string>;
  /**
   * Reads web pages and adds them to the links of the newest draft, of another issue, or of links.yaml.
   * @throws ObnError, with nothing added, for an invalid or private address, or a file with errors
   */
  addLinks(urls: readonly string[], options?: AddLinksOptions): Promise<AddLinksResult>;
  /** Builds the site of every public issue. */
  archive(options?: ArchiveOptions): Promise<Archive>;
  /** Closes everything that prepared sends and imports still hold open. */
  close(): Promise<void>;
}
