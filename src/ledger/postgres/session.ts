import pg from 'pg';
import { configurationError } from '../../findings/error.js';
import type { Clock } from '../../platform/clock.js';
import type { Address } from './address.js';

/** For statements that may read or change a whole send. */
const STATEMENT_MS = 5 * 60_000;
/** A lost server does not answer. This is slightly longer than the server's own timeout. */
const SILENCE_MS = STATEMENT_MS + 10_000;
/** How long closing waits for an answer. */
const GOODBYE_MS = 2_000;
/** The first query is answered quickly, or the server hangs. */
const GREETING_MS = 10_000;
/** The server ends the transaction of a lost client, and releases its locks. */
const IDLE_MS = 60_000;
/** PostgreSQL 10 added `pg_xact_status`, and 13 its 64-bit form. */
const OLDEST = 130_000;
/** Presence lasts ten seconds, and leases have a margin of thirty. */
const SKEW_MS = 5_000;

export type Value = string | number | null | readonly (string | number)[];

/** Bigints are safe as numbers, because times and counts are far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
};

const SETTINGS = `
  select set_config('statement_timeout', '${STATEMENT_MS}', false), set_config('lock_timeout', '${STATEMENT_MS}', false),
    set_config('idle_in_transaction_session_timeout', '${IDLE_MS}', false),
    set_config('tcp_keepalives_idle', '30', false), set_config('tcp_keepalives_interval', '10', false),
    set_config('tcp_keepalives_count', '3', false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('synchronous_commit',
      case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end, false),
    current_setting('server_version_num')::integer as version, current_setting('server_encoding') as encoding,
    (extract(epoch from clock_timestamp()) * 1000)::bigint as now`;

/** One connection. Its statements run one after the other, and are prepared once. */
export class Session {
  private readonly names = new Map<string, string>();

  private constructor(
    private readonly client: pg.Client,
    private readonly clock: Clock,
    /** How far the clock of this machine is ahead of the server's, in milliseconds. */
    readonly skewMs: number,
  ) {}

  /** @throws Error of node-postgres, or ObnError for a server that obn cannot use */
  static async open({ config, label }: Address, clock: Clock): Promise<Session> {
    const client = new pg.Client({ ...config, types });
    // The next statement notices an idle connection that broke.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const asked = clock.now();
      const question = { text: SETTINGS, query_timeout: GREETING_MS } as pg.QueryConfig;
      const { rows } = await client.query<{ version: number; encoding: string; now: number }>(question);
      const [{ version, encoding, now } = { version: 0, encoding: '', now: 0 }] = rows;
      requireUsable(label, version, encoding);
      return new Session(client, clock, Math.round((asked + clock.now()) / 2 - now));
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
  }

  async all<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly Value[],
    silenceMs = SILENCE_MS,
  ): Promise<Row[]> {
    return (await this.query<Row>(text, values, silenceMs)).rows;
  }

  /** @returns the number of changed rows */
  async run(text: string, ...values: Value[]): Promise<number> {
    return (await this.query(text, values, SILENCE_MS)).rowCount ?? 0;
  }

  /** Runs one or more statements without values. */
  async execute(text: string): Promise<void> {
    await this.client.query({ text, query_timeout: SILENCE_MS } as pg.QueryConfig);
  }

  /** Starts a query object, such as COPY. */
  submit<T extends pg.Submittable>(submittable: T): T {
    return this.client.query(submittable);
  }

  /** The process of the server that serves this connection. */
  get processId(): number {
    return this.inner.processID;
  }

  /** Closes the connection, without waiting if an answer is still open. */
  async close(): Promise<void> {
    const cancel = this.clock.after(GOODBYE_MS, () => this.inner.connection.stream.destroy());
    await this.client.end().catch(() => undefined);
    cancel();
  }

  /** Undeclared properties of node-postgres. */
  private get inner() {
    return this.client as unknown as { processID: number; connection: { stream: { destroy(): void } } };
  }

  private query<Row extends pg.QueryResultRow>(text: string, values: readonly Value[], silenceMs: number) {
    const name = this.names.get(text) ?? `obn${this.names.size}`;
    this.names.set(text, name);
    const query: pg.QueryConfig = { name, text, values: [...values] };
    return this.client.query<Row>({ ...query, query_timeout: silenceMs } as pg.QueryConfig);
  }
}

/** Presence and leases depend on the clocks of all machines, so the clocks must agree. */
export function requireClock(label: string, skewMs: number): void {
  if (Math.abs(skewMs) <= SKEW_MS) return;
  const seconds = (Math.abs(skewMs) / 1000).toFixed(0);
  const side = skewMs > 0 ? 'ahead of' : 'behind';
  throw configurationError(`the clock of this machine is ${seconds} s ${side} that of the ledger ${label}`, {
    hint: 'machines that share a send need the same time; enable NTP on both',
  });
}

function requireUsable(label: string, version: number, encoding: string): void {
  if (version < OLDEST) {
    throw configurationError(`the ledger ${label} is PostgreSQL ${Math.floor(version / 10_000)}`, {
      hint: 'obn needs PostgreSQL 13 or later',
    });
  }
  if (encoding !== 'UTF8') {
    throw configurationError(`the database of the ledger ${label} has the encoding ${encoding}`, {
      hint: "create it with: create database NAME encoding 'UTF8' template template0",
    });
  }
}
