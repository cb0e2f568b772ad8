import type { Retry } from '../ledger/delivery.js';
import type { CompiledMessage } from '../message/compiled.js';
import type { TransportName } from '../transport/names.js';
import type { Limits } from '../transport/transport.js';
import type { Survey } from './audience.js';
import type { Progress } from './state.js';

/** What a send would do, as a value. It is shown, and then executed or not. */
export interface SendPlan {
  readonly issue: number;
  readonly transport: TransportName;
  readonly live: boolean;
  readonly message: CompiledMessage;
  readonly digest: string;
  /** The first step of the send. */
  readonly action: /** Freezes a new audience. */
    | { readonly kind: 'start'; readonly survey: Survey }
    /** Resumes a frozen send. */
    | { readonly kind: 'resume'; readonly progress: Progress; readonly contentChanged: boolean }
    /** Nothing is left to send. */
    | { readonly kind: 'done'; readonly progress: Progress };
  /** Deliveries that are put back into the queue first, on request. */
  readonly retry: Retry;
  /** How many recipients have yet to get it. */
  readonly left: number;
  /** How many messages this run hands over. */
  readonly count: number;
  /** The provider's limits. */
  readonly limits: Limits;
  /** Messages per second; undefined: no limit. */
  readonly rate: number | undefined;
  /** The estimated duration; undefined without a known rate. */
  readonly seconds: number | undefined;
  /** The segment of the list; undefined: the whole list. */
  readonly segment: string | undefined;
}

export interface PlanInput {
  readonly issue: number;
  readonly transport: TransportName;
  readonly live: boolean;
  /** The message as compiled now; undefined if the issue cannot be read. */
  readonly message: { readonly compiled: CompiledMessage; readonly digest: string } | undefined;
  readonly before: Progress | undefined;
  /** The message of the earlier send; undefined if there is none, or it is not resumed. */
  readonly frozen: CompiledMessage | undefined;
  readonly survey: Survey | undefined;
  readonly limits: Limits;
  readonly rate: number | undefined;
  readonly limit: number | undefined;
  readonly retry: Retry;
  readonly segment: string | undefined;
}

/** What is left of an earlier send. */
export interface Remainder {
  readonly left: number;
  /** Whether the earlier send is resumed; otherwise there is none, or a finished rehearsal that starts over. */
  readonly goesOn: boolean;
}

/** How much of an earlier send is left, including requested retries. Pure. */
export function remainderOf(before: Progress | undefined, live: boolean, retry: Retry): Remainder {
  if (!before) return { left: 0, goesOn: false };
  const left = before.counts.queued + before.counts.claimed + retry.rejected + retry.unknown;
  return { left, goesOn: live || left > 0 };
}

/** Decides what a send does. Pure. Undefined if there is neither an earlier send nor a message. */
export function planSend(input: PlanInput): SendPlan | undefined {
  const { issue, transport, live, message, before, frozen, survey, limits, rate, limit, retry, segment } =
    input;
  const { left, goesOn } = remainderOf(before, live, retry);
  const base = (total: number) => {
    const count = Math.min(total, limit ?? total);
    const facts = { issue, transport, live, limits, rate, segment, retry };
    return { ...facts, left: total, count, seconds: rate && Math.ceil(count / rate) };
  };
  if (before && goesOn) {
    if (!frozen) return undefined;
    const content = { message: frozen, digest: before.send.digest };
    if (left === 0) return { ...base(0), ...content, action: { kind: 'done', progress: before } };
    const contentChanged = message !== undefined && message.digest !== before.send.digest;
    return { ...base(left), ...content, action: { kind: 'resume', progress: before, contentChanged } };
  }
  if (!message || !survey) return undefined;
  const content = { message: message.compiled, digest: message.digest };
  return { ...base(survey.counts.eligible), ...content, action: { kind: 'start', survey } };
}
