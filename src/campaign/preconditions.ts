import { CONFIG_FILE, type Newsletter } from '../config/load.js';
import type { Survey } from '../delivery/audience.js';
import type { SendPlan } from '../delivery/plan.js';
import { configurationError, findingsError, usageError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { Issue } from '../issue/issue.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Channel, Send } from '../ledger/send.js';
import { ledgerFile, sharedLedgerForm } from '../ledger/table.js';
import { plural } from '../text/plural.js';
import type { Campaign } from './open-campaign.js';

/** @throws ObnError for a draft. */
export function refuseDraft({ number, draft, document }: Issue): void {
  if (!draft) return;
  const hint = 'remove "draft: true", or send yourself a copy: --test ADDRESS';
  const finding = document.finding(
    'error',
    'issue/draft',
    document.keyAt(['draft']),
    'drafts cannot be sent',
    hint,
  );
  throw findingsError(`issue #${number} is a draft`, [finding]);
}

/** @throws ObnError if recipients lack a field that has no fallback, which would leave a gap in the text */
export function refuseLacking({ lacking }: Survey): void {
  const fields = [...lacking];
  const [first] = fields;
  if (!first) return;
  const message = fields.map(
    ([name, count]) => `${plural(count, 'recipient')} lack${count === 1 ? 's' : ''} "${name}"`,
  );
  const hint = `fill the column, or add a fallback: {{default ${first[0]} "there"}}`;
  throw findingsError(`${message.join(', ')}, and the issue has no fallback for it`, [], hint);
}

/** @throws ObnError if there are no recipients, because the issue would then count as sent */
export function refuseNobody({ counts }: Survey): void {
  if (counts.eligible > 0) return;
  const hint = 'to see why, run: obn subscribers list --left-out';
  throw configurationError(
    counts.listed === 0
      ? 'no recipients: the list is empty'
      : `no recipients: all ${plural(counts.listed, 'row')} on the list are excluded`,
    { hint },
  );
}

/**
 * @throws ObnError if a ledger without history would send an issue that is not the first. It is most
 * likely the wrong ledger or a new machine.
 */
export async function refuseWithoutHistory(
  deliveries: DeliveryStore,
  issue: number,
  due: boolean,
): Promise<void> {
  if ((issue <= 1 && !due) || (await deliveries.hasHistory())) return;
  const why = due ? '--due cannot tell whether it is the right one' : `issue #${issue} is not the first`;
  throw configurationError(`this ledger has no history, and ${why}`, {
    hint: `use the ledger that has the earlier sends (--ledger or OBN_LEDGER; a temporary machine needs a shared one, ${sharedLedgerForm()}), or confirm a new ledger with --new-ledger`,
  });
}

/**
 * @throws ObnError if the ledger is a file that disappears when the job ends. The next job would
 * send the issue again, because it would have no history either.
 */
export async function refuseForgetful({ newsletter, ledger, ledgerUrl, host }: Campaign): Promise<void> {
  const { RUNNER_ENVIRONMENT, CI_DISPOSABLE_ENVIRONMENT } = host.env;
  const passing = RUNNER_ENVIRONMENT === 'github-hosted' || CI_DISPOSABLE_ENVIRONMENT === 'true';
  if (
    !passing ||
    ledgerFile(ledgerUrl, newsletter.root) === undefined ||
    (await ledger.deliveries.hasHistory())
  )
    return;
  throw configurationError(
    'the ledger is a file on a temporary runner, so the record of this send would be lost',
    {
      hint: `use a permanent ledger in OBN_LEDGER or --ledger: ${sharedLedgerForm()}; --new-ledger does not help here`,
    },
  );
}

/** Whether a record belongs to another newsletter that shares this ledger. Its issues also start at 1. */
function isForeign({ list, channel }: Send, newsletter: Newsletter): boolean {
  return isForeignList(list.id, channel, newsletter);
}

/** Whether a send with this List-ID belongs to another newsletter. Rehearsals never do. */
export function isForeignList(id: string, channel: Channel, { config }: Newsletter): boolean {
  return channel === 'live' && id !== config.newsletter.id;
}

/** @throws ObnError for a record of another newsletter, because its readers are not ours */
export function refuseForeign(send: Send, newsletter: Newsletter): void {
  if (!isForeign(send, newsletter)) return;
  const { id, name } = send.list;
  throw configurationError(
    `issue #${send.issue} in this ledger belongs to another newsletter, ${visible(name)} (${visible(id)})`,
    {
      hint: `give each newsletter its own ledger; if this is the same newsletter, restore its id in ${CONFIG_FILE}: newsletter.id: ${visible(id)}`,
    },
  );
}

/** @throws ObnError if the account cannot send, or not enough today */
export function refuseWithoutQuota({ limits, count }: SendPlan): void {
  if (limits.refusal !== undefined) throw configurationError(limits.refusal);
  const { remaining } = limits;
  if (remaining === undefined || remaining >= count) return;
  const left = `the account can send ${plural(remaining, 'more message')} today, but ${count.toLocaleString('en')} are needed`;
  const hint =
    remaining > 0 ? `send some today with --limit ${remaining}, and the rest tomorrow` : 'try again tomorrow';
  throw configurationError(left, { hint });
}

/** @throws ObnError if `--expect` differs from the number of recipients */
export function refuseOtherCount({ left }: SendPlan, expected: number | undefined): void {
  if (expected === undefined || expected === left) return;
  throw usageError(`${plural(left, 'recipient')}, but --expect says ${expected}`, 'nothing was sent');
}
