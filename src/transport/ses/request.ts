import { systemClock } from '../../platform/clock.js';
import type { OutgoingMessage } from '../outgoing.js';
import type { Transport } from '../transport.js';
import { answerOf } from './answers.js';

export type Sdk = typeof import('@aws-sdk/client-sesv2');

/** What the account is asked before a send. */
export type AccountQuestions = Pick<Transport, 'limits'> & Required<Pick<Transport, 'suppressed'>>;

/** The part of the configuration that is about SES. */
export interface SesOptions {
  readonly region?: string | undefined;
  readonly configuration_set?: string | undefined;
  readonly mode: 'single' | 'bulk';
  readonly tracking: { readonly opens: boolean; readonly clicks: boolean };
}

/** What every request carries of the configuration: the set, and whether SES may track. */
export function configuration({ configuration_set, tracking }: SesOptions) {
  if (!configuration_set) return {};
  const state = (on: boolean) => (on ? ('ENABLED' as const) : ('DISABLED' as const));
  const overrides = {
    OpenTrackingEnabled: state(tracking.opens),
    ClickTrackingEnabled: state(tracking.clicks),
  };
  return { ConfigurationSetName: configuration_set, ConfigurationOverrides: { Tracking: overrides } };
}

/** Tags by which the events of SES are matched with deliveries; their values know letters, digits, `_` and `-`. */
export function tags({ issue, reference }: OutgoingMessage) {
  return [
    { Name: 'obn-issue', Value: String(issue) },
    { Name: 'obn-delivery', Value: reference },
  ];
}

/** For a call from its beginning to the last byte of its answer; the SDK's own time-out ends with the first. */
export const DEADLINE_MS = 45_000;

/**
 * Makes a call, and gives it up when it has no whole answer in time.
 * @throws what the call throws, or a TimeoutError: then nobody knows what became of it.
 */
export async function withinDeadline<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise, reject } = rejection();
  const cancel = systemClock.after(DEADLINE_MS, () => {
    controller.abort();
    const message = `there was no whole answer within ${DEADLINE_MS} ms`;
    reject(Object.assign(new Error(message), { name: 'TimeoutError' }));
  });
  try {
    return await Promise.race([call(controller.signal), promise]);
  } finally {
    cancel();
  }
}

/** SES answers questions about the account once a second, and others may ask at the same time. */
const MAX_QUESTIONS = 8;
const QUESTION_MS = 1_000;

/** Asks what changes nothing, and again when SES says that it was too soon. @throws what the last call throws */
export async function askPatiently<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  for (let question = 1; ; question++) {
    try {
      return await withinDeadline(call);
    } catch (error) {
      const answer = answerOf(error);
      const throttled = answer.kind === 'deferred' && answer.about === 'pace';
      if (!throttled || question === MAX_QUESTIONS) throw error;
      await systemClock.sleep(QUESTION_MS + Math.random() * QUESTION_MS);
    }
  }
}

function rejection(): { promise: Promise<never>; reject(error: Error): void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
