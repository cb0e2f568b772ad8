// Plain JavaScript, as the benchmarks run it, too.
import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { give, installPrograms } from './programs.js';

const PASSWORD = 'the password of the tests';
const READY = 'database system is ready to accept connections';
/** What is never read by anybody after the test need not survive the machine. */
const SETTINGS = ['fsync=off', 'unix_socket_directories=', 'shared_buffers=32MB', 'max_connections=60'];

/** A real PostgreSQL, in a temporary folder, on a free port of 127.0.0.1. */
export class PostgresServer {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  #databases = 0;
  #folder;
  #programs;
  #settings;

  /**
   * @param {string} folder
   * @param {readonly string[]} settings
   * @param {number} port
   */
  constructor(folder, settings, port) {
    this.#folder = folder;
    this.#programs = installPrograms(join(folder, 'native'));
    this.#settings = [...SETTINGS, ...settings];
    this.port = port;
  }

  /**
   * @param {readonly string[]} settings as in postgresql.conf, such as `ssl=on`; paths are meant from the folder of its data
   * @param {Readonly<Record<string, string>>} files what stands beside that folder, for the server alone
   */
  static async start(settings = [], files = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'obn-postgres-'));
    chmodSync(folder, 0o755);
    const server = new PostgresServer(folder, settings, await freePort());
    for (const [name, content] of Object.entries(files)) server.#write(name, content);
    server.#initialise();
    await server.begin();
    return server;
  }

  /**
   * Makes a database. @returns its URL, as a ledger takes it
   * @param {string} options as `create database` takes them
   */
  async createDatabase(options = '') {
    this.#databases += 1;
    const name = `test${this.#databases}`;
    await this.ask(this.url('postgres'), `create database ${name} ${options}`);
    return this.url(name);
  }

  /**
   * @param {string} database
   * @param {string} login name and password, as they stand in a URL
   */
  url(database, login = `postgres:${encodeURIComponent(PASSWORD)}`) {
    return `postgres://${login}@127.0.0.1:${this.port}/${database}`;
  }

  /**
   * Asks a question, on a connection of its own.
   * @template {pg.QueryResultRow} Row
   * @param {string} url
   * @param {string} text
   * @returns {Promise<Row[]>}
   */
  ask(url, text) {
    return this.askInTurn(url, [text]);
  }

  /**
   * As {@link ask}, some questions one after the other.
   * @template {pg.QueryResultRow} Row
   * @param {string} url
   * @param {readonly string[]} texts
   * @returns {Promise<Row[]>} what the last one gives
   */
  async askInTurn(url, texts) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      /** @type {Row[]} */
      let rows = [];
      for (const text of texts) rows = (await client.query(text)).rows;
      return rows;
    } finally {
      await client.end();
    }
  }

  async begin() {
    const words = ['-D', this.#data, '-p', String(this.port), '-h', '127.0.0.1'];
    const settings = this.#settings.flatMap((setting) => ['-c', setting]);
    const child = spawn(this.#programs.postgres, [...words, ...settings], {
      ...this.#programs.as,
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    // It does not outlive who has started it.
    const quit = () => child.kill('SIGQUIT');
    process.once('exit', quit);
    child.once('exit', () => process.off('exit', quit));
    let said = '';
    await new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error(`PostgreSQL has ended: ${said}`)));
      child.stderr.setEncoding('utf8').on('data', (text) => {
        if (said.length < 10_000) said += text;
        if (said.includes(READY)) resolve(undefined);
      });
    });
  }

  /** @param {'fast' | 'crash'} how `fast` lets nobody finish; `crash` is as if the power had failed, for the server alone */
  async end(how = 'fast') {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  }

  /** Ends the server and takes everything away. */
  async remove() {
    await this.end('crash');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async [Symbol.asyncDispose]() {
    await this.remove();
  }

  get #data() {
    return join(this.#folder, 'data');
  }

  /**
   * A file that the server can read, and nobody else. @returns its path
   * @param {string} name
   * @param {string} content
   */
  #write(name, content) {
    const file = join(this.#folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    give(file, this.#programs);
    return file;
  }

  #initialise() {
    mkdirSync(this.#data);
    give(this.#data, this.#programs);
    const words = [
      '-D',
      this.#data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--no-locale',
      '-N',
    ];
    const password = this.#write('password', PASSWORD);
    execFileSync(this.#programs.initdb, [...words, `--pwfile=${password}`], {
      ...this.#programs.as,
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
}

/**
 * A port that the system gives to nobody who asks for any, as every other server and every client of the tests does: it
 * stays free until the server begins, and while it is restarted.
 */
async function freePort() {
  for (;;) {
    const port = randomInt(12_000, 32_000);
    const server = createServer();
    const isFree = await new Promise((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
