import { listChanged } from '../audience/select.js';
import { recipientsOf, type Survey } from '../delivery/audience.js';
import type { SendPlan } from '../delivery/plan.js';
import { EXIT, ObnError } from '../findings/error.js';
import type { FreezeResult, Send } from '../ledger/send.js';
import type { Campaign } from './open-campaign.js';
import type { SendReporter } from './reporter.js';
import { transportKind } from './transport-kind.js';

/**
 * Freezes the audience of a plan, unless another run has frozen the same before.
 * @throws ObnError when it is not what was planned
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
    // Who has left since the plan was shown is no reason to stop; that somebody has come is.
    if (left < 0) throw listChanged();
    if (left > 0) reporter.notice?.({ kind: 'leftSincePlan', count: left });
    return frozen;
  };
  const channel = live ? 'live' : 'rehearsal';
  const header = { issue, channel, transport, message, digest, now: host.clock.now() } as const;
  // Read within the transaction, so that what is cleared is what an earlier rehearsal has left.
  async function* cleared() {
    await transportKind(newsletter, transport).files?.clear(newsletter, issue);
    yield* recipients;
  }
  const { send, created } = await ledger.deliveries.freeze(header, cleared(), checked);
  if (!created && live && !isPlanned(send, plan, survey)) throw begunElsewhere(issue);
  return send;
}

/** Whether what was frozen is what somebody has said yes to. */
function isPlanned({ digest, audience, audienceDigest }: Send, plan: SendPlan, survey: Survey): boolean {
  const { eligible } = survey.counts;
  return digest === plan.digest && audience.eligible === eligible && audienceDigest === survey.digest;
}

function begunElsewhere(issue: number): ObnError {
  return new ObnError(
    EXIT.stopped,
    'another run has begun this issue meanwhile, and not as it was planned here',
    {
      hint: `nothing was sent by this one; see what it sends with \`obn status ${issue}\`, and run the same command again`,
    },
  );
}
