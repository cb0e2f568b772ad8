import { type Contradiction, contradictions, type Witness } from '../delivery/witness.js';
import { WitnessStore, witnessFolders } from '../delivery/witness-store.js';
import { configurationError, type ObnError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { Campaign } from './open-campaign.js';
import type { SendJob, SendRequest } from './send-request.js';

export function witnessStore({ newsletter }: Pick<Campaign, 'newsletter'>): WitnessStore {
  return new WitnessStore(witnessFolders(newsletter.root));
}

/** Where a ledger knows less than its witnesses, as far as that matters for an issue. */
export async function contradictionsOf(
  campaign: Campaign,
  issue: number,
): Promise<{ witnesses: Witness[]; own: Contradiction[]; others: Contradiction[] }> {
  const witnesses = await witnessStore(campaign).read(issue);
  const found = await contradictions(campaign.ledger.deliveries, witnesses);
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
  { campaign, request }: Pick<SendJob, 'campaign' | 'request'>,
  issue: number,
): Promise<Witness[]> {
  const { witnesses, own, others } = await contradictionsOf(campaign, issue);
  const [unknown] = own;
  if (unknown) throw ledgerRefusal(campaign, request, unknown);
  const last = others.length > 0 ? await campaign.ledger.deliveries.lastIssue() : 0;
  for (const one of others) {
    const isNew = mayBeNew(one, last);
    if (!isNew || !request.newLedger) throw ledgerRefusal(campaign, request, one, isNew);
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
export async function acceptNewLedger(
  { campaign, request }: Pick<SendJob, 'campaign' | 'request'>,
  issue: number,
): Promise<void> {
  if (!request.newLedger) return;
  const { others } = await contradictionsOf(campaign, issue);
  const store = witnessStore(campaign);
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
export function ledgerRefusal(
  campaign: Pick<Campaign, 'ledgerOption'>,
  request: Pick<SendRequest, 'transport'>,
  { kind, witness }: Contradiction,
  isNew = false,
): ObnError {
  const { issue, handedOver, at } = witness;
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const what = `of which at least ${handedOver} were handed over until ${when} UTC, from ${visible(witness.ledger)}`;
  const transport = request.transport ? ` --transport ${request.transport}` : '';
  const given = campaign.ledgerOption;
  const ledger = given ? ` --ledger ${given.replace(/\/\/.*@/, '//…@')}` : '';
  const command = `obn send ${issue}${transport}${ledger} --accept-ledger`;
  const others = isNew ? '; if this is a new ledger, --new-ledger sends the issues that came later' : '';
  return configurationError(`${WRONG[kind](issue)}, ${what}`, {
    hint: `use that ledger, or restore its newest copy; if there is none, \`${command}\` makes those deliveries unknown and sends nothing${others}`,
  });
}
