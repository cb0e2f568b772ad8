import { locateList } from '../config/list.js';
import type { Newsletter } from '../config/load.js';
import { usageError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import type { Issue } from '../issue/issue.js';
import type { Secrets } from '../message/token.js';
import type { Variant } from '../message/variants.js';
import type { Clock } from '../platform/clock.js';
import { exists, fileSize } from '../platform/files.js';
import type { Mail } from './mail.js';
import type { Source } from './preview-files.js';
import type {
  Broken,
  FindingsView,
  IssueFacts,
  IssueView,
  NewsletterFacts,
  PlacedFinding,
  ReaderFacts,
  TestResult,
} from './protocol.js';
import { brokenBy, type Workspace } from './workspace.js';

/** Actions of the preview, provided by the caller. */
export interface Actions {
  /** How a test copy would be sent. */
  transport(newsletter: Newsletter): NonNullable<NewsletterFacts['transport']>;
  /** States of the issues by number. If the ledger cannot be read, states from the files, and the reason. */
  states(newsletter: Newsletter): Promise<{ states: ReadonlyMap<number, string>; trouble?: Broken }>;
  /** Secret of the unsubscribe links. */
  secret(newsletter: Newsletter): Secrets;
  /** Sends one copy with a marked subject. @throws ObnError when it is refused. */
  sendTest(issue: number, address: string): Promise<TestResult>;
}

const READERS_SHOWN = 20;
/** Size limit for lists that are read again after every change. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;

/** Views of a newsletter. */
export class Viewer {
  private last: NewsletterFacts | undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly actions: Actions,
    private readonly clock: Clock,
  ) {}

  get revision(): number {
    return this.workspace.generation.revision;
  }

  /** Discards everything that was read. @returns the new revision */
  anew(): number {
    return this.workspace.changed();
  }

  async root(): Promise<string> {
    return (await this.workspace.generation.newsletter()).root;
  }

  async readers(text: string, signal: AbortSignal): Promise<ReaderFacts[]> {
    const found = await this.workspace.generation.search(text, READERS_SHOWN, signal);
    const { displayName } = await import('../audience/subscriber.js');
    return found.map(({ address, fields }) => ({ address, name: displayName(fields) }));
  }

  /** @returns the last good facts and the problem, if obn.yaml is invalid. */
  async newsletter(): Promise<NewsletterFacts> {
    const { revision } = this;
    try {
      this.last = await this.newsletterNow();
      return this.last;
    } catch (error) {
      const nothing = { name: 'obn', issues: [] };
      const last = this.last ?? { ...nothing, list: { name: '', exists: false } };
      return { ...last, revision, broken: brokenBy(error) };
    }
  }

  private async newsletterNow(): Promise<NewsletterFacts> {
    const { generation } = this.workspace;
    const newsletter = await generation.newsletter();
    const { states, trouble } = await this.actions.states(newsletter);
    const issues: IssueFacts[] = [];
    for (const file of await generation.files()) {
      const parsed = await generation.parsed(file);
      const issue = 'issue' in parsed ? parsed.issue : undefined;
      const state = states.get(file.number) ?? (issue ? 'unsent' : 'invalid');
      const { title = null, date = null } = issue ?? {};
      issues.unshift({ number: file.number, title, date, state, file: file.name });
    }
    const { path } = locateList(newsletter);
    return {
      revision: generation.revision,
      name: newsletter.config.newsletter.name,
      transport: this.actions.transport(newsletter),
      list: { name: newsletter.config.audience.file, exists: exists(path) },
      issues,
      ...(trouble ? { trouble } : {}),
    };
  }

  async issue(number: number, reader: string | undefined): Promise<IssueView> {
    const { revision, broken } = await this.workspace.standing(number);
    const shown = { revision, number, ...(broken ? { broken } : {}) };
    const mail = await this.mail(number, reader).catch((error: unknown) => {
      if (broken) return undefined;
      throw error;
    });
    return mail ? { ...shown, mail: mail.facts() } : shown;
  }

  /**
   * The current or last good rendering of an issue.
   * @param reader address of a reader on the list; default: a placeholder reader
   * @throws ObnError if it was never rendered, or the address is not on the list
   */
  async mail(number: number, reader: string | undefined): Promise<Mail> {
    const { generation } = this.workspace;
    const { rendering } = await this.workspace.standing(number);
    const shown = rendering ?? (await generation.rendering(number));
    const [{ anybody, somebody }, { Mail }] = await Promise.all([
      import('../message/anybody.js'),
      import('./mail.js'),
    ]);
    const addressee = reader ? somebody(await generation.reader(reader)) : anybody(shown.message);
    return new Mail(shown, addressee, this.actions.secret(shown.newsletter));
  }

  source(mail: Mail, file: Source): string {
    return mail.source(file, this.clock.now());
  }

  async findings(number: number): Promise<FindingsView> {
    const { generation } = this.workspace;
    const { issue, newsletter } = await generation.rendering(number);
    const rows = (await fileSize(locateList(newsletter).path)) <= MAX_LIST_BYTES;
    const findings = await generation.findings(number, this.clock.now(), rows);
    return { revision: generation.revision, rows, findings: findings.map((one) => placed(one, issue)) };
  }

  variants(number: number): Promise<Variant[]> {
    return this.workspace.generation.variants(number);
  }

  /** @throws ObnError when the address is invalid or the test is refused. */
  async sendTest(number: number, address: string): Promise<TestResult> {
    const { parseAddress } = await import('../audience/address.js');
    if ('problem' in parseAddress(address)) {
      throw usageError(`"${address}" is not a valid email address`);
    }
    return this.actions.sendTest(number, address);
  }
}

/** Adds the section of a finding. */
function placed(finding: Finding, { document, sections }: Issue): PlacedFinding {
  const lines = sections.map((_, index) => document.at(['sections', index]).line);
  const section = finding.file === document.file ? lines.findLastIndex((line) => line <= finding.line) : -1;
  return { ...finding, section: section < 0 ? null : section };
}
