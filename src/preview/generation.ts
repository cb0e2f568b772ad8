import type { Subscriber } from '../audience/subscriber.js';
import type { List } from '../check/check.js';
import { type Loaded, type Newsletter, readNewsletter } from '../config/load.js';
import { EXIT, ObnError, usageError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import { type Issue, type ParsedIssue, readIssue } from '../issue/issue.js';
import { findIssueFile, type IssueFile, listIssueFiles } from '../issue/store.js';
import type { CompiledMessage } from '../message/compiled.js';
import type { Variant } from '../message/variants.js';
import type { Environment } from '../platform/process.js';
import type { RenderedIssue } from '../render/rendered.js';
import type { KnownReaders } from './known-readers.js';

/** A rendered issue and everything derived from it. */
export interface Rendering {
  readonly newsletter: Newsletter;
  readonly file: IssueFile;
  readonly issue: Issue;
  readonly rendered: RenderedIssue;
  readonly message: CompiledMessage;
}

/**
 * The newsletter between two changes of its files. Everything is read and rendered once, on first use.
 * Modules are loaded on first use, too, so that the server starts quickly.
 */
export class Generation {
  private readonly made = new Map<string, Promise<unknown>>();

  constructor(
    readonly revision: number,
    private readonly cwd: string,
    private readonly env: Environment,
    private readonly readers: KnownReaders,
  ) {}

  loaded(): Promise<Loaded> {
    return this.once('newsletter', () => readNewsletter(this.cwd, this.env));
  }

  /** @throws ObnError with every finding when obn.yaml has one. */
  async newsletter(): Promise<Newsletter> {
    const loaded = await this.loaded();
    if ('newsletter' in loaded) return loaded.newsletter;
    throw new ObnError(EXIT.configuration, 'fix obn.yaml first', { findings: loaded.findings });
  }

  async files(): Promise<IssueFile[]> {
    return listIssueFiles(await this.newsletter());
  }

  parsed({ path, name }: IssueFile): Promise<ParsedIssue> {
    return this.once(`parsed ${path}`, () => readIssue(path, name));
  }

  list(): Promise<List> {
    return this.once('list', async () => {
      const { openList } = await import('../check/check.js');
      return openList(await this.newsletter());
    });
  }

  /**
   * @throws ObnError when the issue or obn.yaml is invalid, or when no issue or more than one has this
   * number.
   */
  rendering(number: number): Promise<Rendering> {
    return this.once(`rendering ${number}`, async () => {
      const newsletter = await this.newsletter();
      const file = await findIssueFile(newsletter, String(number));
      const parsed = await this.parsed(file);
      if ('findings' in parsed) {
        throw new ObnError(EXIT.findings, `fix ${file.name} first`, {
          findings: parsed.findings,
        });
      }
      const { issue } = parsed;
      const { renderIssue } = await import('../render/render.js');
      const rendered = await renderIssue(issue, newsletter);
      const { compileMessage } = await import('../message/compiled.js');
      return { newsletter, file, issue, rendered, message: compileMessage(rendered, newsletter.config) };
    });
  }

  /** Findings of `obn check` for an issue and for the newsletter. */
  findings(number: number, now: number, rows: boolean): Promise<Finding[]> {
    return this.once(`findings ${number}`, async () => {
      const { newsletter, file, rendered } = await this.rendering(number);
      const { checkIssues } = await import('../check/check-issues.js');
      const all = (await this.files()).map(async (one) => ({ file: one, parsed: await this.parsed(one) }));
      const openList = () => this.list();
      const options = { now, rows, openList, only: [file], rendered };
      return (await checkIssues(newsletter, await Promise.all(all), options)).findings;
    });
  }

  /** The reader with this address. @throws ObnError if the address is not on the list. */
  reader(text: string): Promise<Subscriber> {
    return this.once(`reader ${text}`, async () => {
      const { parseAddress } = await import('../audience/address.js');
      const list = await this.list();
      const address = parseAddress(text);
      const found = list.columns && 'key' in address ? await this.readers.find(list, address.key) : undefined;
      if (!found) throw usageError(`${text} is not on the list ${list.name}`);
      return found;
    });
  }

  /** Readers of the list whose address or name contains the text. */
  async search(text: string, limit: number, signal: AbortSignal): Promise<Subscriber[]> {
    const { path, name, columns } = await this.list();
    const { searchSubscribers } = await import('../audience/find.js');
    return columns ? searchSubscribers(path, name, text, limit, signal) : [];
  }

  /** The distinct messages for the whole list. */
  variants(number: number): Promise<Variant[]> {
    return this.once(`variants ${number}`, async () => {
      const { message, issue, newsletter } = await this.rendering(number);
      const { path, name, columns } = await this.list();
      const { segments } = newsletter.config.audience;
      const { listRecipients } = await import('../audience/recipients.js');
      const { segmentTest } = await import('../audience/segment.js');
      const { distinctMessages } = await import('../message/variants.js');
      const segment = issue.segment === undefined ? undefined : segmentTest(issue.segment, segments, name);
      return columns ? distinctMessages(message, listRecipients(path, name, segment)) : [];
    });
  }

  private once<T>(what: string, make: () => Promise<T>): Promise<T> {
    let made = this.made.get(what) as Promise<T> | undefined;
    if (!made) {
      made = make();
      this.made.set(what, made);
    }
    return made;
  }
}
