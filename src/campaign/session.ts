import type { OptOut } from '../audience/duplicates.js';
import type { Newsletter } from '../config/load.js';
import type { AudienceSource } from '../delivery/audience.js';
import { audienceSource } from './audience-source.js';
import type { AudienceChoice } from './send-request.js';
import { transportKind } from './transport-kind.js';

export function transportOf({ newsletter, options }: { newsletter: Newsletter; options: AudienceChoice }) {
  return transportKind(newsletter, options.transport);
}

export function audienceOf(
  { newsletter, options }: { newsletter: Newsletter; options: AudienceChoice },
  issueSegment: string | undefined,
  now: number,
  provider?: ReadonlyMap<string, OptOut>,
): AudienceSource {
  return audienceSource(newsletter, options, issueSegment, now, provider);
}
