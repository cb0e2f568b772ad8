import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { give, installPrograms, type Programs } from './programs.js';

const PASSWORD = 'the password of the tests';
const READY = 'database system is ready to accept connections';
/** What is never read by anybody after the test need not survive the machine. */
const SETTINGS = ['fsync=off', 'unix_socket_directories=', 'shared_buffers=32MB', 'max_connections=60'];

/** A real PostgreSQL, in a temporary folder, on a free port of 127.0.0.1. */
export class PostgresServer {
  private child: ChildProcess | undefined;
  private databases = 0;

  private constructor(
    private readonly folder: string,
    private readonly programs: Programs,
    private readonly settings: readonly string[],
    readonly port: number,
  ) {}

  /**
   * @param settings as in postgresql.conf, such as `ssl=on`; paths are meant from the folder of its data
   * @param files what stands beside that folder, for the server alone
   */
  static async start(
    settings: readonly string[] = [],
    files: Readonly<Record<string, string>> = {},
  ): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'obn-postgres-'));
    chmodSync(folder, 0o755);
    const programs = installPrograms(join(folder, 'native'));
    const server = new PostgresServer(folder, programs, [...SETTINGS, ...settings], await freePort());
    for (const [name, content] of Object.entries(files)) server.write(name, content);
    server.initialise();
    await server.begin();
    return server;
  }

  /** A file that the server can read, and nobody else. */
  private write(name: string, content: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    give(file, this.programs);
    return file;
  }

  /** @returns the URL of a new database, as a ledger takes it. */
  async createDatabase(options = ''): Promise<string> {
    this.databases += 1;
    const name = `test${this.databases}`;
    await this.ask(this.url('postgres'), `create database ${name} ${options}`);
    return this.url(name);
  }

  url(database: string, login = `postgres:${encodeURIComponent(PASSWORD)}`): string {
    return `postgres://${login}@127.0.0.1:${this.port}/${database}`;
  }

  /** Asks a question, on a connection of its own. */
  async ask<Row extends pg.QueryResultRow>(
    url: string,
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  async begin(): Promise<void> {
    const words = ['-D', this.data, '-p', String(this.port), '-h', '127.0.0.1'];
    const settings = this.settings.flatMap((setting) => ['-c', setting]);
    const child = spawn(this.programs.postgres, [...words, ...settings], {
      ...this.programs.as,
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    // It does not outlive who has started it.
    const quit = () => child.kill('SIGQUIT');
    process.once('exit', quit);
    child.once('exit', () => process.off('exit', quit));
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`PostgreSQL has ended: ${said}`)));
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        if (said.length < 10_000) said += text;
        if (said.includes(READY)) resolve();
      });
    });
  }

  /** @param how `fast` lets nobody finish; `crash` is as if the power had failed, for the server alone */
  async end(how: 'fast' | 'crash' = 'fast'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  }

  /** Ends the server and takes everything away. */
  async remove(): Promise<void> {
    await this.end('crash');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove();
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private initialise(): void {
    mkdirSync(this.data);
    give(this.data, this.programs);
    const words = [
      '-D',
      this.data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--no-locale',
      '-N',
    ];
    const password = this.write('password', PASSWORD);
    execFileSync(this.programs.initdb, [...words, `--pwfile=${password}`], {
      ...this.programs.as,
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
