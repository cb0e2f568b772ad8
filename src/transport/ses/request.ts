import type { OutgoingMessage } from '../../message/writer.js';
import { systemClock } from '../../platform/clock.js';

export type Sdk = typeof import('@aws-sdk/client-sesv2');

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

function rejection(): { promise: Promise<never>; reject(error: Error): void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
