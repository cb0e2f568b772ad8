import type { Failure, PlacedFinding } from '../protocol.js';
import { type Choice, choiceOf, queryOf } from './choice.js';
import type { Frame } from './frame.js';
import { lastAddress, rememberAddress } from './memory.js';
import { Readers } from './readers.js';
import { Refusal, server } from './server.js';
import { type Asked, brokenOf, issueOf, type State } from './state.js';

/** Delay before findings are requested, so that the email loads first. */
const FINDINGS_DELAY_MS = 60;

/** State and actions of the page. Notifies its observer of every change. */
export class App {
  readonly readers = new Readers(this);
  frame: Frame | undefined;
  private findingsTimer = 0;
  private readonly turns: Partial<Record<Asked, number>> = {};
  private current: State = {
    choice: choiceOf(location.search),
    failures: {},
    connected: true,
    readers: { open: false, text: '', options: [], active: -1 },
    test: { sending: false },
    said: '',
  };

  constructor(private readonly draw: (state: State) => void) {}

  get state(): State {
    return this.current;
  }

  set(change: Partial<State>): void {
    this.current = { ...this.current, ...change };
    this.draw(this.current);
  }

  /** Changes what is shown. Resolves when it is visible. */
  async choose(change: Partial<Choice>): Promise<void> {
    const before = this.current.choice;
    const choice = { ...before, ...change };
    const other = choice.issue !== before.issue;
    const query = `${location.pathname}${queryOf(choice)}`;
    if (other) history.pushState(null, '', query);
    else history.replaceState(null, '', query);
    // The width only changes styles.
    if (Object.keys(change).every((name) => name === 'width')) this.set({ choice });
    else await this.show(choice, other);
  }

  /** Resizes the frame during a drag, without history entries, which browsers limit. */
  stretch(width: number): void {
    this.set({ choice: { ...this.current.choice, width } });
  }

  /** Handles back and forward navigation. */
  read(): Promise<void> {
    return this.show(choiceOf(location.search), true);
  }

  private async show(choice: Choice, other: boolean): Promise<void> {
    const { issue: _, findings: __, ...kept } = this.current;
    if (other) this.current = kept;
    this.set({ choice });
    await Promise.all([this.loadIssue(), this.loadContent(), ...(other ? [this.loadFindings()] : [])]);
  }

  async start(): Promise<void> {
    // The newsletter tells which issue is the newest.
    const known = this.current.choice.issue !== undefined;
    await Promise.all([this.loadNewsletter(), ...(known ? [this.refresh()] : [])]);
  }

  /** Reloads everything, the content first. */
  async refresh(): Promise<void> {
    await this.loadContent();
    await this.loadIssue();
    clearTimeout(this.findingsTimer);
    this.findingsTimer = window.setTimeout(() => {
      void Promise.all([this.loadNewsletter(), this.loadFindings()]);
    }, FINDINGS_DELAY_MS);
  }

  /** Shows the place of a finding in the email or its file. Findings about the envelope scroll to the top. */
  async jumpTo({ section, line, file }: PlacedFinding): Promise<void> {
    const { view } = this.current.choice;
    this.set({ marked: line, said: `Line ${line} of ${file}` });
    if (view === 'source') {
      await this.choose({ file: 'issue.yaml' });
      requestAnimationFrame(() => document.querySelector('.marked')?.scrollIntoView({ block: 'center' }));
      return;
    }
    if (view === 'text') await this.choose({ view: 'email' });
    if (section === null || !this.frame?.jumpTo(section)) this.frame?.toTop();
  }

  step(by: 1 | -1): void {
    const issues = this.current.newsletter?.issues ?? [];
    const at = issues.findIndex(({ number }) => number === issueOf(this.current));
    const next = issues[at + by];
    if (next) this.choose({ issue: next.number });
  }

  get lastAddress(): string {
    return lastAddress();
  }

  async sendTest(address: string): Promise<void> {
    const number = issueOf(this.current);
    if (number === undefined || this.current.test.sending) return;
    rememberAddress(address);
    this.set({ test: { sending: true } });
    try {
      this.set({ test: { sending: false, result: await server.sendTest(number, address) } });
    } catch (error) {
      this.set({ test: { sending: false, failure: failureOf(error) } });
    }
  }

  /** Prepares a new test and clears the result of the last one. */
  freshTest(): void {
    if (!this.current.test.sending) this.set({ test: { sending: false } });
  }

  private async loadNewsletter(): Promise<void> {
    const before = issueOf(this.current);
    await this.ask('newsletter', server.newsletter, (newsletter) => this.set({ newsletter }));
    // Without a chosen issue the newest is shown, which may have changed.
    if (issueOf(this.current) !== before) await this.show(this.current.choice, true);
  }

  private async loadIssue(): Promise<void> {
    const number = issueOf(this.current);
    if (number === undefined) return;
    const { reader } = this.current.choice;
    await this.ask(
      'issue',
      () => server.issue(number, reader),
      (issue) => this.set({ issue }),
    );
  }

  private async loadFindings(): Promise<void> {
    const number = issueOf(this.current);
    if (number === undefined || brokenOf(this.current)) return;
    await this.ask(
      'findings',
      () => server.findings(number),
      (findings) => this.set({ findings }),
    );
  }

  private async loadContent(): Promise<void> {
    const number = issueOf(this.current);
    if (number === undefined) return;
    const { view, file, reader, scheme, pictures } = this.current.choice;
    if (view === 'text' || view === 'source') {
      const name = view === 'text' ? 'email.txt' : file;
      await this.ask(
        'content',
        () => server.source(number, name, reader),
        (text) => this.set({ text }),
      );
      return;
    }
    const page = view === 'email' ? 'email.html' : 'web.html';
    const query = new URLSearchParams({ scheme, pictures, ...(reader === '' ? {} : { reader }) });
    const show = async () =>
      this.frame?.show(`/issues/${number}/${page}?${query}`, `${number} ${page} ${pictures}`);
    await this.ask('content', show, () => undefined);
  }

  /** Sends a request. A failure is shown until a later request succeeds. Outdated responses are ignored. */
  private async ask<T>(what: Asked, question: () => Promise<T>, answer: (given: T) => void): Promise<void> {
    const turn = (this.turns[what] ?? 0) + 1;
    this.turns[what] = turn;
    const late = () => this.turns[what] !== turn;
    try {
      const given = await question();
      if (late()) return;
      answer(given);
      this.refused(what, undefined);
    } catch (error) {
      // The last good version stays visible.
      if (error instanceof Refusal && !late()) this.refused(what, error.failure);
    }
  }

  private refused(what: Asked, failure: Failure | undefined): void {
    const { [what]: before, ...others } = this.current.failures;
    if (before || failure) this.set({ failures: failure ? { ...others, [what]: failure } : others });
  }
}

export function failureOf(error: unknown) {
  return error instanceof Refusal
    ? error.failure
    : { error: 'the preview did not respond; check that `obn preview` is still running' };
}
