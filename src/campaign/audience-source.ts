import type { OptOut } from '../audience/duplicates.js';
import { segmentTest } from '../audience/segment.js';
import { locateList } from '../config/list.js';
import type { Newsletter } from '../config/load.js';
import type { AudienceSource } from '../delivery/audience.js';
import type { AudienceChoice } from './send-request.js';
import { knownSecrets } from './signing-secret.js';
import { transportKind } from './transport-kind.js';

/**
 * The list, the readers of the ledger, and the segment that was chosen or that the issue names.
 * @param now in milliseconds since 1970; readers who confirm later get the next issue
 * @param provider the addresses that the provider suppresses
 */
export function audienceSource(
  newsletter: Newsletter,
  choice: AudienceChoice,
  issueSegment: string | undefined,
  now: number,
  provider?: ReadonlyMap<string, OptOut>,
): AudienceSource {
  const { segments, ledger } = newsletter.config.audience;
  const list = locateList(newsletter, choice.list);
  const name = choice.segment ?? issueSegment;
  return {
    ...list,
    segment: name === undefined ? undefined : segmentTest(name, segments, list.name),
    // A list named by an option is mailed without the readers of the ledger.
    readersUntil: ledger && choice.list === undefined ? now : undefined,
    secrets: knownSecrets(newsletter),
    topics: newsletter.config.serve.topics.map(({ tag }) => tag),
    provider,
    live: transportKind(newsletter, choice.transport).live,
  };
}
