import { mkdirSync, rmSync } from 'node:fs';
import type { Counts, DeliveryState } from '../../src/ledger/send.js';
import { Database } from '../../src/ledger/sqlite/database.js';
import { type ObnResult, spawnObn } from '../support/cli.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import type { Audience } from './audience.js';
import { LedgerFiles } from './ledger-files.js';
import { moments, type Phase } from './moments.js';
import type { Random } from './random.js';
import type { Server, Target } from './targets.js';
import { Traffic } from './traffic.js';
import type { Evidence } from './verdict.js';

/** A process that has not ended by then hangs. */
const TIMEOUT_MS = 120_000;

const ISSUE = `number: 1
title: The first one
date: 2026-01-01
sections:
  - { type: intro, body: "Hello {{default first_name \\"there\\"}}." }
`;

/** A process that has ended. */
export interface End {
  readonly command: 'send' | 'status';
  readonly seconds: number;
  readonly result: ObnResult;
}

/** What could be seen at the server when a process was killed. */
export interface Kill {
  readonly arrived: number;
  /** Messages of this process that had arrived and had not been answered; 0 where another was at it too. */
  readonly waiting: number;
}

/** The document of `obn send --json` and `obn status --json`. */
export interface Status {
  readonly state: string;
  readonly audience: { readonly listed: number; readonly eligible: number };
  readonly deliveries: Counts;
}

export interface StageOptions {
  readonly target: Target;
  readonly audience: Audience;
  readonly latencyMs: number;
  readonly rate: number | undefined;
}

/** A newsletter, a server, and the processes that send to it. */
export class Stage {
  readonly kills: Kill[] = [];
  readonly ends: End[] = [];
  /** What `obn status`, and `obn send` at its end, have said, in their order. */
  readonly reports: Status[] = [];
  private running = 0;

  private constructor(
    readonly newsletter: TestNewsletter,
    readonly audience: Audience,
    readonly traffic: Traffic,
    readonly server: Server,
    private readonly args: readonly string[],
  ) {}

  static async open({ target, audience, latencyMs, rate }: StageOptions): Promise<Stage> {
    const traffic = new Traffic();
    const server = await target.start(traffic, latencyMs);
    const files = { 'subscribers.csv': audience.csv, 'issues/001-first.yaml': ISSUE };
    const newsletter = makeNewsletter(files, { config: target.config, keep: true });
    mkdirSync(newsletter.path('.obn'));
    const pace = rate === undefined ? [] : ['--rate', String(rate)];
    const args = ['send', '1', '--transport', target.transport, '--yes', '--json', ...pace];
    return new Stage(newsletter, audience, traffic, server, args);
  }

  /** Sends, or goes on with it, to the end. */
  async send(): Promise<Status> {
    const { result } = await this.start('send', this.args).ended;
    return this.report(result);
  }

  /** Sends, and kills the process at a moment of the phase, unless it ends before; `atKill` is called right after. */
  async sendAndKill(phase: Phase, random: Random, frozenBytes: number, atKill?: () => void): Promise<void> {
    const { traffic, audience } = this;
    const files = new LedgerFiles(this.newsletter.path('.obn'));
    const left = audience.readers.length - traffic.arrived.length;
    const unanswered = () => traffic.arrived.length - traffic.answered.length;
    const lost = unanswered();
    let kill = () => {};
    moments[phase]({ traffic, files, random, left, frozenBytes, kill: () => kill() });
    const { child, ended } = this.start('send', this.args);
    kill = () => {
      if (child.killed || child.exitCode !== null || !child.kill('SIGKILL')) return;
      const waiting = this.running === 1 ? unanswered() - lost : 0;
      this.kills.push({ arrived: traffic.arrived.length, waiting });
      atKill?.();
    };
    await ended;
    files.close();
  }

  /** What was frozen needs neither the list nor the issue. */
  takeSourcesAway(): void {
    for (const name of ['subscribers.csv', 'issues']) rmSync(this.newsletter.path(name), { recursive: true });
  }

  /** Asks how things stand. */
  async status(): Promise<Status> {
    const { result } = await this.start('status', ['status', '1', '--json']).ended;
    return this.report(result);
  }

  private report(result: ObnResult): Status {
    const report = result.json<Status>();
    this.reports.push(report);
    return report;
  }

  /** Everything that is known now, when no process is left. */
  async evidence(doubts: readonly number[], bound: number): Promise<Evidence> {
    const { kills, reports, ends, server, traffic, audience } = this;
    const database = await Database.open(this.newsletter.path('.obn/ledger.db'));
    const rows = database.all<{ key: string; state: DeliveryState }>(
      `select key, state from delivery join send on send.id = delivery.send where issue = 1 and channel = 'live'`,
    );
    database.close();
    const states = new Map(rows.map(({ key, state }) => [key, state]));
    const seen = { readers: audience.readers, taken: server.taken(), answered: traffic.answered };
    return { ...seen, states, kills, doubts, bound, reports, ends };
  }

  private start(command: End['command'], args: readonly string[]) {
    const { root } = this.newsletter;
    const { child, result } = spawnObn(root, args, { env: this.server.env, timeoutMs: TIMEOUT_MS });
    const began = performance.now();
    this.running += 1;
    const ended = result.then((result) => {
      this.running -= 1;
      const end = { command, seconds: (performance.now() - began) / 1000, result };
      this.ends.push(end);
      return end;
    });
    return { child, ended };
  }
}
