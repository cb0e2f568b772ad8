import { systemClock } from '../../platform/clock.js';
import type { OutgoingMessage } from '../outgoing.js';
import type { Transport } from '../transport.js';
import { answerOf } from './answers.js';

export type Sdk = typeof import('@aws-sdk/client-sesv2');

/** Requests about the account before a send. */
export type AccountQuestions = Pick<Transport, 'limits'> & Required<Pick<Transport, 'suppressed'>>;

/** SES settings of the configuration. */
export interface SesOptions {
  readonly region?: string | undefined;
  readonly configuration_set?: string | undefined;
  readonly mode: 'single' | 'bulk';
  readonly tracking: { readonly opens: boolean; readonly clicks: boolean };
}

/** Configuration set and tracking settings of every request. */
export function configuration({ configuration_set, tracking }: SesOptions) {
  if (!configuration_set) return {};
  const state = (on: boolean) => (on ? ('ENABLED' as const) : ('DISABLED' as const));
  const overrides = {
    OpenTrackingEnabled: state(tracking.opens),
    ClickTrackingEnabled: state(tracking.clicks),
  };
  return { ConfigurationSetName: configuration_set, ConfigurationOverrides: { Tracking: overrides } };
}

/** Tags that match SES events with deliveries. Values may contain letters, digits, `_` and `-`. */
export function tags({ issue, reference }: OutgoingMessage) {
  return [
    { Name: 'obn-issue', Value: String(issue) },
    { Name: 'obn-delivery', Value: reference },
  ];
}

/**
 * Limit for a call including its whole response. The SDK's own timeout covers only the time to the first
 * byte.
 */
export const DEADLINE_MS = 45_000;

/**
 * Makes a call and aborts it when there is no complete response in time.
 * @throws the error of the call, or a TimeoutError, after which the outcome is unknown.
 */
export async function withinDeadline<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise, reject } = rejection();
  const cancel = systemClock.after(DEADLINE_MS, () => {
    controller.abort();
    const message = `no complete response within ${DEADLINE_MS} ms`;
    reject(Object.assign(new Error(message), { name: 'TimeoutError' }));
  });
  try {
    return await Promise.race([call(controller.signal), promise]);
  } finally {
    cancel();
  }
}

/** Maximum attempts. SES allows one account request per second, shared with other clients. */
const MAX_QUESTIONS = 8;
const QUESTION_MS = 1_000;

/** Makes a read-only call and retries it when SES throttles. @throws the error of the last call */
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
