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
  const hint = 'take the line "draft: true" out, or send one copy with --test ADDRESS';
  const finding = document.finding(
    'error',
    'issue/draft',
    document.keyAt(['draft']),
    'a draft is never sent',
    hint,
  );
  throw findingsError(`issue #${number} is a draft`, [finding]);
}

/** @throws ObnError when recipients lack a field that has no fallback: they would get a hole in the text. */
export function refuseLacking({ lacking }: Survey): void {
  const fields = [...lacking];
  const [first] = fields;
  if (!first) return;
  const message = fields.map(
    ([name, count]) => `${plural(count, 'recipient')} lack${count === 1 ? 's' : ''} "${name}"`,
  );
  const hint = `fill the column, or give a fallback: {{default ${first[0]} "there"}}`;
  throw findingsError(`${message.join(', ')}, and the issue has no fallback for it`, [], hint);
}

/** @throws ObnError when nobody at all would get it: once sent, an issue counts as sent. */
export function refuseNobody({ counts }: Survey): void {
  if (counts.eligible > 0) return;
  const hint = 'see who is left out, and why, with --dry-run';
  throw configurationError(
    `nobody would get it: ${plural(counts.listed, 'row')}, and no recipient among them`,
    { hint },
  );
}

/**
 * @throws ObnError when a ledger without any history is asked to send an issue that cannot be the first: it is most
 * likely the wrong ledger, or a new machine.
 */
export async function refuseWithoutHistory(
  deliveries: DeliveryStore,
  issue: number,
  due: boolean,
): Promise<void> {
  if ((issue <= 1 && !due) || (await deliveries.hasHistory())) return;
  const why = due ? 'nobody is there to see whether it is the right one' : `issue #${issue} is not the first`;
  throw configurationError(`this ledger has no history, and ${why}`, {
    hint: `use the ledger that knows what was sent (--ledger or OBN_LEDGER; a machine that comes and goes needs a shared one, ${sharedLedgerForm()}), or say that this is a new one: --new-ledger`,
  });
}

/**
 * @throws ObnError when what is sent would be written into a file that is gone when the job ends: the next one would
 * send it again, as it would have no history either.
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
    'the ledger is a file on a runner that is thrown away, and nobody would know what was sent',
    {
      hint: `name one that stays, in OBN_LEDGER or --ledger: ${sharedLedgerForm()}; --new-ledger does not help here`,
    },
  );
}

/** Whether a record is of another newsletter, which has this ledger, too, and counts its issues from 1 as well. */
export function isForeign({ list, channel }: Send, newsletter: Newsletter): boolean {
  return isForeignList(list.id, channel, newsletter);
}

/** Whether a send with this List-ID belongs to another newsletter; rehearsals belong to everybody. */
export function isForeignList(id: string, channel: Channel, { config }: Newsletter): boolean {
  return channel === 'live' && id !== config.newsletter.id;
}

/** @throws ObnError for a record of another newsletter: nobody here would get what it says was sent. */
export function refuseForeign(send: Send, newsletter: Newsletter): void {
  if (!isForeign(send, newsletter)) return;
  const { id, name } = send.list;
  throw configurationError(
    `the ledger has an issue #${send.issue} of another newsletter, ${visible(name)} (${visible(id)})`,
    {
      hint: `give each newsletter a ledger of its own; if this is the same newsletter, restore its id in ${CONFIG_FILE}: newsletter.id: ${visible(id)}`,
    },
  );
}

/** @throws ObnError when the account cannot send at all, or not so many today. */
export function refuseWithoutQuota({ limits, count }: SendPlan): void {
  if (limits.refusal !== undefined) throw configurationError(limits.refusal);
  const { remaining } = limits;
  if (remaining === undefined || remaining >= count) return;
  const left = `the account may send ${plural(remaining, 'more message')} today, and there are ${count.toLocaleString('en')}`;
  const hint =
    remaining > 0
      ? `send a part today with --limit ${remaining}, and the rest tomorrow`
      : 'try again tomorrow';
  throw configurationError(left, { hint });
}

/** @throws ObnError when somebody counts on another number of recipients. */
export function refuseOtherCount({ left }: SendPlan, expected: number | undefined): void {
  if (expected === undefined || expected === left) return;
  throw usageError(`${plural(left, 'recipient')}, and --expect says ${expected}`, 'nothing was sent');
}
