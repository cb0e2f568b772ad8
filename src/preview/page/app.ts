import type { PlacedFinding } from '../protocol.js';
import { type Choice, choiceOf, queryOf } from './choice.js';
import type { Frame } from './frame.js';
import { Readers } from './readers.js';
import { Refusal, server } from './server.js';
import { brokenOf, issueOf, type State } from './state.js';

/** Findings are asked for when the mail is shown, so that they do not hold it up. */
const FINDINGS_DELAY_MS = 60;
const LAST_ADDRESS = 'obn-test-address';

/** The page: what it shows, and what can be done with it. Whoever watches it is told of every change. */
export class App {
  readonly readers = new Readers(this);
  frame: Frame | undefined;
  private findingsTimer = 0;
  private current: State = {
    choice: choiceOf(location.search),
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

  /** Shows something else, or in another way; resolves when it is there. */
  async choose(change: Partial<Choice>): Promise<void> {
    const before = this.current.choice;
    const choice = { ...before, ...change };
    const other = choice.issue !== before.issue;
    const query = `${location.pathname}${queryOf(choice)}`;
    if (other) history.pushState(null, '', query);
    else history.replaceState(null, '', query);
    // The width is a matter of style alone.
    if (Object.keys(change).every((name) => name === 'width')) this.set({ choice });
    else await this.show(choice, other);
  }

  /** Somebody went back or forward. */
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
    const newsletter = this.loadNewsletter();
    if (this.current.choice.issue === undefined) await newsletter;
    await Promise.all([newsletter, this.refresh()]);
  }

  /** Everything anew: the content first, as that is what somebody waits for. */
  async refresh(): Promise<void> {
    await this.loadContent();
    await this.loadIssue();
    clearTimeout(this.findingsTimer);
    this.findingsTimer = window.setTimeout(() => {
      void Promise.all([this.loadNewsletter(), this.loadFindings()]);
    }, FINDINGS_DELAY_MS);
  }

  /** Shows where in the mail, or in its file, a finding is; what is about the envelope is above the mail. */
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
    return localStorage.getItem(LAST_ADDRESS) ?? '';
  }

  async sendTest(address: string): Promise<void> {
    const number = issueOf(this.current);
    if (number === undefined || this.current.test.sending) return;
    localStorage.setItem(LAST_ADDRESS, address);
    this.set({ test: { sending: true } });
    try {
      this.set({ test: { sending: false, result: await server.sendTest(number, address) } });
    } catch (error) {
      this.set({ test: { sending: false, failure: failureOf(error) } });
    }
  }

  private async loadNewsletter(): Promise<void> {
    await this.guarded(async () => this.set({ newsletter: await server.newsletter() }));
  }

  private async loadIssue(): Promise<void> {
    const number = issueOf(this.current);
    if (number === undefined) return;
    const { reader } = this.current.choice;
    await this.guarded(async () => {
      const issue = await server.issue(number, reader);
      if (!this.isStill(number, reader)) return;
      this.set({ issue });
    });
  }

  private async loadFindings(): Promise<void> {
    const number = issueOf(this.current);
    if (number === undefined || brokenOf(this.current)) return;
    const findings = await server.findings(number).catch(() => undefined);
    if (findings && issueOf(this.current) === number) this.set({ findings });
  }

  private async loadContent(): Promise<void> {
    const number = issueOf(this.current);
    if (number === undefined) return;
    const { view, file, reader, scheme, pictures } = this.current.choice;
    await this.guarded(async () => {
      if (view === 'text' || view === 'source') {
        const name = view === 'text' ? 'email.txt' : file;
        const text = await server.source(number, name, reader);
        if (this.isStill(number, reader)) this.set({ text });
        return;
      }
      const page = view === 'email' ? 'email.html' : 'web.html';
      const query = new URLSearchParams({ scheme, pictures, ...(reader === '' ? {} : { reader }) });
      await this.frame?.show(`/issues/${number}/${page}?${query}`, `${number} ${page} ${pictures}`);
    });
  }

  private isStill(number: number, reader: string): boolean {
    return issueOf(this.current) === number && this.current.choice.reader === reader;
  }

  /** Runs what asks the server; what it refuses is shown, until something is shown again. */
  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (this.current.failure) {
        const { failure: _, ...kept } = this.current;
        this.current = kept;
        this.set({});
      }
    } catch (error) {
      // The last mail that could be made stays where it is.
      if (error instanceof Refusal) this.set({ failure: error.failure });
    }
  }
}

export function failureOf(error: unknown) {
  return error instanceof Refusal
    ? error.failure
    : { error: 'the preview does not answer; is it still running?' };
}
