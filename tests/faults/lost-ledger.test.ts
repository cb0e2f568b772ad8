import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { RescueFiles } from '../../src/delivery/rescue.js';
import { abandonDead } from '../../src/delivery/resume.js';
import { runDelivery } from '../../src/delivery/run.js';
import { contradictions } from '../../src/delivery/witness.js';
import { WitnessStore } from '../../src/delivery/witness-store.js';
import { ObnError } from '../../src/findings/error.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { systemClock } from '../../src/platform/clock.js';
import type { SendResult, Transport } from '../../src/transport/transport.js';
import { HEADER, recipients, result } from '../contracts/ledgers.js';
import { Random } from '../crash/random.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** libsql lets go of a file when the connection is collected; a process of its own would do so when it ends. */
async function letGo(): Promise<void> {
  collect();
  await turn();
}

/** Nothing here is about what a disk survives, and syncing a busy one takes most of the time. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const ROUNDS = 100;
const READERS = 16;
/** Of so many parts each has a time limit of its own, as a slow machine takes long to sync its disk. */
const PARTS = 4;

/** What happens to a ledger; `copy` is an older one, with all that was in its log. */
const DAMAGES: Readonly<Record<string, (file: string, copy: string) => void>> = {
  remove: (file) => removeAll(file),
  'remove, and not its log': (file) => rmSync(file, { force: true }),
  rename: (file) => {
    if (existsSync(file)) renameSync(file, `${file}.away`);
  },
  empty: (file) => {
    if (existsSync(file)) truncateSync(file, 0);
  },
  truncate: (file) => {
    if (existsSync(file)) truncateSync(file, 8_192);
  },
  'roll back': (file, copy) => {
    if (!existsSync(copy)) return;
    removeAll(file);
    copyFileSync(copy, file);
  },
  'replace by an older copy, beside its log': (file, copy) => {
    if (!existsSync(copy)) return;
    copyFileSync(copy, `${file}.new`);
    renameSync(`${file}.new`, file);
  },
  'write an older copy over it': (file, copy) => {
    if (existsSync(copy)) copyFileSync(copy, file);
  },
};

function removeAll(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

/** A ledger in a folder, runs on it, and who got what. */
class World {
  readonly folder = mkdtempSync(join(MEMORY, 'obn-lost-'));
  readonly file = join(this.folder, '.obn', 'ledger.db');
  readonly copy = join(this.folder, 'copy.db');
  readonly got = new Map<string, number>();
  readonly store = new WitnessStore([join(this.folder, 'issues', '.sent')]);
  readonly rescue = new RescueFiles(this.folder, this.file);
  private runs = 0;

  constructor(
    private readonly random: Random,
    /** Called before each answer. */
    private readonly moment: () => void,
  ) {}

  /** One `obn send`. @returns what it refused with, or said when it was stopped */
  async send(limit: number | undefined): Promise<string | undefined> {
    let ledger: Ledger | undefined;
    try {
      ledger = await openSqlite(this.file);
      await this.sendFrom(ledger, limit);
      await ledger.close();
      return undefined;
    } catch (error) {
      await ledger?.close().catch(() => undefined);
      // Whatever the ledger says is said to the user; anything else is a fault of this test.
      if (error instanceof ObnError) return error.message;
      throw error;
    }
  }

  private async sendFrom(ledger: Ledger, limit: number | undefined): Promise<void> {
    const before = await this.store.read(HEADER.issue);
    const [first] = await contradictions(ledger.deliveries, before);
    if (first) throw new ObnError(3, `refused: ${first.kind}`);
    const now = systemClock.now();
    const { send } = await ledger.deliveries.freeze({ ...HEADER, now }, recipients(READERS), result(READERS));
    await this.rescue.apply(ledger.deliveries, send, now);
    await abandonDead(ledger.deliveries, send.id, now);
    this.runs += 1;
    // A process of this machine that has ended, for the next run.
    const worker = `${hostname()}:${9_000_000 + this.runs}`;
    await runDelivery({
      ...{
        send,
        ledger: ledger.deliveries,
        worker,
        limit,
        rate: undefined,
        clock: systemClock,
        transport: this.transport(),
      },
      writer: { write: ({ address }) => ({ to: address }) as never },
      signal: new AbortController().signal,
      witness: {
        ...{ store: this.store, before, ledgerName: 'sqlite:.obn/ledger.db', worker },
        now: () => systemClock.now(),
        onUnwitnessed: () => undefined,
      },
      rescue: async (deliveries) => void (await this.rescue.write(send, deliveries, String(this.runs))),
    });
    await ledger.deliveries.leave(send.id, worker, now);
  }

  private transport(): Transport {
    return {
      concurrency: 3,
      batch: 1,
      limits: async () => ({}),
      close: async () => undefined,
      send: async (messages) => {
        for (const { to } of messages) this.got.set(to, (this.got.get(to) ?? 0) + 1);
        this.moment();
        await systemClock.sleep(this.random.whole(2));
        return messages.map(() => this.answer());
      },
    };
  }

  private answer(): SendResult {
    const kind = this.random.whole(10);
    if (kind === 0) return { kind: 'rejected', code: 'no', reason: 'no' };
    if (kind === 1) return { kind: 'unknown', code: 'lost', reason: 'lost' };
    return { kind: 'accepted', messageId: 'm' };
  }

  /** A whole copy, as a backup makes one. */
  async backUp(): Promise<void> {
    if (!existsSync(this.file)) return;
    const { default: Libsql } = await import('libsql');
    const connection = new Libsql(this.file);
    rmSync(this.copy, { force: true });
    connection.exec(`vacuum into '${this.copy}'`);
    connection.close();
    const copy = new Libsql(this.copy);
    copy.exec('pragma journal_mode = wal');
    copy.exec('pragma wal_checkpoint(truncate)');
    copy.close();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function play(seed: number): Promise<{ world: World; said: (string | undefined)[]; damage: string }> {
  const random = new Random(`lost ledger ${seed}`);
  const damage = random.pick(Object.keys(DAMAGES));
  // In the middle of a run, or between two.
  let left = random.whole(2) === 0 ? random.whole(READERS) : -1;
  const harm = () => DAMAGES[damage]?.(world.file, world.copy);
  const world: World = new World(random, () => {
    if (left === 0) harm();
    left -= 1;
  });
  onTestFinished(() => world.remove());
  const between = left < 0;
  const said: (string | undefined)[] = [];
  if (random.whole(4) > 0) said.push(await pausing(world, 1 + random.whole(6)));
  await world.backUp();
  said.push(await pausing(world, between ? 1 + random.whole(READERS) : undefined));
  await letGo();
  if (between) harm();
  for (let run = 0; run < 2; run++) said.push(await pausing(world, undefined));
  return { world, said, damage };

  /** Damage waits for the copy, so that there is one. */
  async function pausing(on: World, limit: number | undefined): Promise<string | undefined> {
    const due = left;
    if (!existsSync(on.copy)) left = -1;
    const answer = await on.send(limit);
    if (!existsSync(on.copy)) left = due;
    return answer;
  }
}

const parts = Array.from({ length: PARTS }, (_, part) => part);
const refusedFor = new Set<string>();

it.each(parts)(
  'sends to nobody twice, wherever a ledger is lost, or says so (part %i)',
  async (part) => {
    for (let seed = part; seed < ROUNDS; seed += PARTS) {
      const { world, said, damage } = await play(seed);
      const twice = [...world.got].filter(([, count]) => count > 1);
      expect(twice, `seed ${seed}: ${damage}, ${JSON.stringify(said)}`).toEqual([]);
      const refused = said.some((one) => one !== undefined);
      // Who got nothing was told of, by a run that stopped or by one that refuses.
      if (!refused) expect(world.got.size, `seed ${seed}: ${damage}`).toBe(READERS);
      else refusedFor.add(damage);
      world.remove();
    }
  },
  60_000,
);

it('meets every kind of damage', () => {
  expect([...refusedFor].sort()).toEqual(Object.keys(DAMAGES).sort());
});
