import type { HandoverOptions } from '../delivery/handover.js';
import { RescueFiles } from '../delivery/rescue.js';
import { type Contradiction, contradictions, type Witness } from '../delivery/witness.js';
import { WitnessStore, witnessFolders } from '../delivery/witness-store.js';
import { configurationError, type ObnError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { Ledger, Send } from '../ledger/ledger.js';
import type { Doubtful } from '../ledger/recovery.js';
import { ledgerFile } from '../ledger/table.js';
import { workerName } from '../platform/process.js';
import { ledgerUrl } from './open.js';
import type { SendSession } from './session.js';

/** The part of a session that says which ledger a send uses. */
type LedgerSession = Pick<SendSession, 'context' | 'newsletter'> & {
  readonly options: Pick<SendSession['options'], 'ledger' | 'newLedger' | 'acceptLedger' | 'transport'>;
};

export function witnessStore({ newsletter }: Pick<SendSession, 'newsletter'>): WitnessStore {
  return new WitnessStore(witnessFolders(newsletter.root));
}

/** How to name a ledger where no password belongs. */
export function ledgerName({ context, newsletter, options }: LedgerSession): string {
  const [address = ''] = ledgerUrl(newsletter, context, options.ledger).split('?');
  return address.replace(/\/\/.*@/, '//').slice(0, 200);
}

/** Where a ledger knows less than its witnesses, as far as that matters for an issue. */
export async function contradictionsOf(
  session: LedgerSession,
  ledger: Ledger,
  issue: number,
): Promise<{ witnesses: Witness[]; own: Contradiction[]; others: Contradiction[] }> {
  const witnesses = await witnessStore(session).read(issue);
  const found = await contradictions(ledger, witnesses);
  return {
    witnesses,
    own: found.filter(({ witness }) => witness.issue === issue),
    others: found.filter(({ witness }) => witness.issue !== issue && !witness.accepted),
  };
}

/**
 * Compares the ledger with what is known elsewhere before a live send.
 * @param issue 0: none in particular
 * @returns the witnesses of the issue
 * @throws ObnError when the ledger knows less than was handed over
 */
export async function requireFullLedger(
  session: LedgerSession,
  ledger: Ledger,
  issue: number,
): Promise<Witness[]> {
  const { witnesses, own, others } = await contradictionsOf(session, ledger, issue);
  const [unknown] = own;
  if (unknown) throw refusal(session, unknown);
  const last = others.length > 0 ? await ledger.lastIssue() : 0;
  for (const one of others) {
    const isNew = mayBeNew(one, last);
    if (!isNew || !session.options.newLedger) throw refusal(session, one, isNew);
  }
  return witnesses.filter((one) => one.issue === issue);
}

/**
 * Whether a ledger that does not know an issue may be a new one. It then knows nothing, or only later issues: another
 * machine may have sent those. An older copy knows earlier issues.
 * @param last the highest issue that it knows, 0 without any
 */
function mayBeNew({ kind, witness }: Contradiction, last: number): boolean {
  return kind === 'missing' && (last === 0 || witness.issue < last);
}

/**
 * Remembers that a person has said that a ledger is a new one, so that earlier issues do not hold up the next. To be
 * called after {@link requireFullLedger} has found nothing else.
 */
export async function acceptNewLedger(session: LedgerSession, ledger: Ledger, issue: number): Promise<void> {
  if (!session.options.newLedger) return;
  const { others } = await contradictionsOf(session, ledger, issue);
  const store = witnessStore(session);
  for (const { witness } of others) store.write({ ...witness, accepted: true }, true);
}

const WRONG: Readonly<Record<Contradiction['kind'], (issue: number) => string>> = {
  missing: (issue) => `the ledger does not know issue #${issue}`,
  other: (issue) => `the ledger has another send of issue #${issue}`,
  behind: (issue) => `the ledger is an older copy, which knows less of issue #${issue}`,
};

/**
 * Why a ledger that knows less than a witness is not sent from, and what to do.
 * @param isNew whether it may be a new ledger, from which other issues can go out
 */
export function refusal(
  { options }: LedgerSession,
  { kind, witness }: Contradiction,
  isNew = false,
): ObnError {
  const { issue, handedOver, at } = witness;
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const what = `of which at least ${handedOver} were handed over until ${when} UTC, from ${visible(witness.ledger)}`;
  const transport = options.transport ? ` --transport ${options.transport}` : '';
  const ledger = options.ledger ? ` --ledger ${options.ledger.replace(/\/\/.*@/, '//…@')}` : '';
  const command = `obn send ${issue}${transport}${ledger} --accept-ledger`;
  const others = isNew ? '; if this is a new ledger, --new-ledger sends the issues that came later' : '';
  return configurationError(`${WRONG[kind](issue)}, ${what}`, {
    hint: `use that ledger, or restore its newest copy; if there is none, \`${command}\` makes those deliveries unknown and sends nothing${others}`,
  });
}

/** What a run needs to leave its own witness. */
export function handoverOptions(session: SendSession, before: readonly Witness[]): HandoverOptions {
  const { clock, output } = session.context;
  return {
    store: witnessStore(session),
    before,
    ledgerName: ledgerName(session),
    worker: workerName(),
    now: () => clock.now(),
    notice: (text) => output.talk(text),
  };
}

function rescueFiles({ context, newsletter, options }: LedgerSession): RescueFiles {
  const url = ledgerUrl(newsletter, context, options.ledger);
  return new RescueFiles(newsletter.root, ledgerFile(url, newsletter.root));
}

/** Keeps outcomes that the ledger could not record, and says where. */
export async function keepRescue(
  session: SendSession,
  send: Send,
  deliveries: readonly Doubtful[],
): Promise<void> {
  const { output } = session.context;
  const id = workerName().replace(/[^\w-]+/g, '-');
  const kept = await rescueFiles(session).write(send, deliveries, id);
  const count = `The ledger could not record what became of ${deliveries.length} in flight`;
  if ('path' in kept) output.talk(`${count}. They are unknown; the next send reads them from ${kept.path}`);
  else output.talk(`${count}, and there is no rescue file (${kept.trouble}). They are unknown.`);
}

/** Reads what earlier runs could not record into the ledger. */
export async function readRescue(session: SendSession, send: Send): Promise<void> {
  const { clock, output } = session.context;
  const count = await rescueFiles(session).apply(session.ledger, send, clock.now());
  if (count > 0) output.talk(`${count} from a rescue file are unknown now.`);
}
