import { addressOf } from '../campaign/reader-lookup.js';
import { addSubscriber } from '../subscribers/add-subscriber.js';
import { exportList } from '../subscribers/export-list.js';
import { findFaultyRows } from '../subscribers/find-faulty-rows.js';
import { findSubscribers } from '../subscribers/find-subscribers.js';
import { planForget } from '../subscribers/forget-subscriber.js';
import { type ListSession, openList, withList } from '../subscribers/list-session.js';
import { planImport } from '../subscribers/plan-import.js';
import { planRemoval } from '../subscribers/remove-subscriber.js';
import { liftSuppressions, suppressSubscribers } from '../subscribers/suppress-subscribers.js';
import { type ApiSession, closesOnce } from './api-session.js';
import type { Exclusion, ImportOptions, ImportPlan, ListOptions, Subscribers } from './subscriber-types.js';

const SHOWN = 20;

/** The subscribers of a newsletter. */
export function subscribersOf(session: ApiSession): Subscribers {
  const { host, ledger, onNotice } = session;
  const options = ({ list, segment }: ListOptions, create = false) => {
    return { list, segment, ledger, onNotice, create };
  };
  const read = <T>(given: ListOptions, work: (list: ListSession) => Promise<T>) =>
    withList(host, options(given), work);
  const write = <T>(given: ListOptions, work: (list: ListSession) => Promise<T>) =>
    withList(host, options(given, true), work);
  return {
    list: (query = {}) =>
      read(query, (list) => findSubscribers(list, { ...query, limit: query.limit ?? SHOWN })),
    find: (address, given = {}) =>
      read(given, async (list) => {
        const { address: wanted, key } = addressOf(address);
        const query = { search: wanted, all: true, limit: Number.MAX_SAFE_INTEGER };
        const { subscribers } = await findSubscribers(list, query);
        return subscribers.find((row) => row.address.toLowerCase() === key);
      }),
    faulty: (given = {}) =>
      read(given, async (list) => {
        const rows: Exclusion[] = [];
        await findFaultyRows(list, { onRow: (row) => rows.push(row) });
        return rows;
      }),
    add: (address, { fields, ...facts } = {}) =>
      read(facts, async (list) => {
        const columns = fields && new Map(Object.entries(fields));
        return (await addSubscriber(list, address, { ...facts, fields: columns })).row;
      }),
    remove: (address, given = {}) =>
      read(given, async (list) => (await (await planRemoval(list, address)).apply()).removed),
    suppress: (addresses, reason = 'unsubscribed') =>
      write({}, (list) => suppressSubscribers(list, addresses, reason)),
    unsuppress: (addresses) => write({}, (list) => liftSuppressions(list, addresses)),
    forget: (address, given = {}) => write(given, async (list) => (await planForget(list, address)).apply()),
    import: (file, given = {}) => importInto(session, file, given),
    async *export(format = 'csv', given = {}) {
      const list = await openList(host, options(given));
      try {
        yield* exportList(list, format).pieces;
      } finally {
        await list.close();
      }
    },
  };
}

async function importInto(
  session: ApiSession,
  file: string,
  { columns, meanings, dates, signal, onProgress, list, segment }: ImportOptions,
): Promise<ImportPlan> {
  const { host, ledger, onNotice } = session;
  const into = await openList(host, { list, segment, ledger, onNotice });
  try {
    const plan = await planImport(into, file, {
      ...{ dates, signal, onProgress },
      columns: columns && new Map(Object.entries(columns)),
      meanings: meanings && new Map(Object.entries(meanings)),
    });
    const close = closesOnce(session, async () => {
      await plan.close();
      await into.close();
    });
    const { changesList, rows } = plan;
    const counts: Record<string, number> = { ...rows.counts() };
    return {
      ...{ counts, refused: rows.refusedCount, changesList, close },
      apply: () => plan.apply(),
      writeRefused: (path) => plan.writeRefused(path),
    };
  } catch (error) {
    await into.close();
    throw error;
  }
}
