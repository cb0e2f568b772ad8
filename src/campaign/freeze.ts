import { listChanged } from '../audience/select.js';
import { recipientsOf, type Survey } from '../delivery/audience.js';
import type { SendPlan } from '../delivery/plan.js';
import { EXIT, ObnError } from '../findings/error.js';
import type { FreezeResult, Send } from '../ledger/send.js';
import type { Campaign } from './open-campaign.js';
import type { SendReporter } from './reporter.js';
import { transportKind } from './transport-kind.js';

/**
 * Freezes the audience of a plan, unless another run has already frozen the same one.
 * @throws ObnError if the frozen audience differs from the plan
 */
export async function freeze(
  { host, newsletter, ledger }: Campaign,
  plan: SendPlan,
  survey: Survey,
  reporter: SendReporter,
): Promise<Send> {
  const { issue, transport, message, digest, live } = plan;
  const { recipients, result } = recipientsOf(survey.source, ledger.readers, survey.repeats);
  const checked = (): FreezeResult => {
    const frozen = result();
    const left = survey.counts.eligible - frozen.audience.eligible;
    // Fewer readers than planned is fine. An additional reader is not.
    if (left < 0) throw listChanged();
    if (left > 0) reporter.notice?.({ kind: 'leftSincePlan', count: left });
    return frozen;
  };
  const channel = live ? 'live' : 'rehearsal';
  const header = { issue, channel, transport, message, digest, now: host.clock.now() } as const;
  // Inside the transaction, so that only files of an earlier rehearsal are removed.
  async function* cleared() {
    await transportKind(newsletter, transport).files?.clear(newsletter, issue);
    yield* recipients;
  }
  const { send, created } = await ledger.deliveries.freeze(header, cleared(), checked);
  if (!created && live && !isPlanned(send, plan, survey)) throw begunElsewhere(issue);
  return send;
}

/** Whether the frozen audience is the one that was confirmed. */
function isPlanned({ digest, audience, audienceDigest }: Send, plan: SendPlan, survey: Survey): boolean {
  const { eligible } = survey.counts;
  return digest === plan.digest && audience.eligible === eligible && audienceDigest === survey.digest;
}

function begunElsewhere(issue: number): ObnError {
  return new ObnError(EXIT.stopped, 'another run has begun to send this issue with a different plan', {
    hint: `this run sent nothing; check \`obn status ${issue}\`, then run the same command again`,
  });
}
