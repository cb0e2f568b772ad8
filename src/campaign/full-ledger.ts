import { type Contradiction, contradictions, type Witness } from '../delivery/witness.js';
import { WitnessStore, witnessFolders } from '../delivery/witness-store.js';
import { configurationError, type ObnError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { Campaign } from './open-campaign.js';
import type { SendJob, SendRequest } from './send-request.js';

export function witnessStore({ newsletter }: Pick<Campaign, 'newsletter'>): WitnessStore {
  return new WitnessStore(witnessFolders(newsletter.root));
}

/** The contradictions between a ledger and its witnesses that matter for an issue. */
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
 * Compares the ledger with its witnesses before a live send.
 * @param issue 0: no particular issue
 * @returns the witnesses of the issue
 * @throws ObnError if the ledger lacks deliveries that were handed over
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
 * Whether a ledger without an issue may be a new one. A new ledger is empty or has only later issues, because another
 * machine may have sent those. An older copy has earlier issues.
 * @param last the highest issue in the ledger; 0 if it is empty
 */
function mayBeNew({ kind, witness }: Contradiction, last: number): boolean {
  return kind === 'missing' && (last === 0 || witness.issue < last);
}

/**
 * Records that a person declared a ledger to be new, so that earlier issues do not block the next one.
 * Called after {@link requireFullLedger} has found nothing else.
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
  missing: (issue) => `the ledger has no record of issue #${issue}`,
  other: (issue) => `the ledger has a different send of issue #${issue}`,
  behind: (issue) => `the ledger is an older copy, with fewer deliveries of issue #${issue}`,
};

/**
 * The error for a ledger that has less than a witness.
 * @param isNew whether it may be a new ledger that can send other issues
 */
export function ledgerRefusal(
  campaign: Pick<Campaign, 'ledgerOption'>,
  request: Pick<SendRequest, 'transport'>,
  { kind, witness }: Contradiction,
  isNew = false,
): ObnError {
  const { issue, handedOver, at } = witness;
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const what = `but at least ${handedOver} were handed over by ${when} UTC, from ${visible(witness.ledger)}`;
  const transport = request.transport ? ` --transport ${request.transport}` : '';
  const given = campaign.ledgerOption;
  const ledger = given ? ` --ledger ${given.replace(/\/\/.*@/, '//…@')}` : '';
  const command = `obn send ${issue}${transport}${ledger} --accept-ledger`;
  const others = isNew ? '; if this is a new ledger, --new-ledger sends later issues' : '';
  return configurationError(`${WRONG[kind](issue)}, ${what}`, {
    hint: `use that ledger, or restore its newest copy; if there is none, run \`${command}\`, which marks those deliveries as unknown and sends nothing${others}`,
  });
}
