import type { OutgoingMessage } from '../../message/writer.js';

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
