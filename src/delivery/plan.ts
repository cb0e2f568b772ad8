import type { Retry } from '../ledger/delivery.js';
import type { CompiledMessage } from '../message/compiled.js';
import type { TransportName } from '../transport/names.js';
import type { Limits } from '../transport/transport.js';
import type { Survey } from './audience.js';
import type { Progress } from './state.js';

/** What a send is going to do, as a value: it is shown, printed as JSON, and then carried out or not. */
export interface SendPlan {
  readonly issue: number;
  readonly transport: TransportName;
  readonly live: boolean;
  readonly message: CompiledMessage;
  readonly digest: string;
  /** What is done before anything is sent. */
  readonly action: /** Freezes a new audience. */
    | { readonly kind: 'start'; readonly survey: Survey }
    /** Goes on with what was frozen. */
    | { readonly kind: 'resume'; readonly progress: Progress; readonly contentChanged: boolean }
    /** Everything has been sent. */
    | { readonly kind: 'done'; readonly progress: Progress };
  /** Deliveries that are put back into the queue first, because a person says so. */
  readonly retry: Retry;
  /** How many recipients have yet to get it. */
  readonly left: number;
  /** How many messages are handed over this time. */
  readonly count: number;
  /** What the provider allows. */
  readonly limits: Limits;
  /** Messages per second; undefined: as fast as it goes. */
  readonly rate: number | undefined;
  /** How long that takes; undefined where no rate is known. */
  readonly seconds: number | undefined;
  /** The segment of the list that it goes to; undefined: the whole list. */
  readonly segment: string | undefined;
}

export interface PlanInput {
  readonly issue: number;
  readonly transport: TransportName;
  readonly live: boolean;
  /** The message as it would be compiled now; undefined when the issue cannot be read any more. */
  readonly message: { readonly compiled: CompiledMessage; readonly digest: string } | undefined;
  readonly before: Progress | undefined;
  /** The message of the earlier send; undefined where there is none, or it does not continue. */
  readonly frozen: CompiledMessage | undefined;
  readonly survey: Survey | undefined;
  readonly limits: Limits;
  readonly rate: number | undefined;
  readonly limit: number | undefined;
  readonly retry: Retry;
  readonly segment: string | undefined;
}

/** What a record leaves to be done. */
export interface Remainder {
  readonly left: number;
  /** Whether the record is what counts; otherwise there is none, or a finished rehearsal that starts over. */
  readonly goesOn: boolean;
}

/** How much of an earlier send is left, with what a person wants to be tried again. Pure. */
export function remainderOf(before: Progress | undefined, live: boolean, retry: Retry): Remainder {
  if (!before) return { left: 0, goesOn: false };
  const left = before.counts.queued + before.counts.claimed + retry.rejected + retry.unknown;
  return { left, goesOn: live || left > 0 };
}

/** Decides what a send has to do. Pure; undefined when there is neither a record nor a message to start with. */
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
