import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import type { ProviderSuppression } from '../transport.js';
import { answerOf } from './answers.js';
import { askPatiently, type Sdk } from './request.js';

/**
 * Reads the account-level suppression list page by page (ListSuppressedDestinations; "Using the Amazon SES
 * account-level suppression list" in the developer guide).
 * @returns why it could not be read completely, if so
 */
export async function accountSuppressions(
  sdk: Sdk,
  client: Client,
  found: (suppression: ProviderSuppression) => void,
): Promise<string | undefined> {
  try {
    let NextToken: string | undefined;
    do {
      const command = new sdk.ListSuppressedDestinationsCommand(NextToken ? { NextToken } : {});
      const page = await askPatiently((abortSignal) => client.send(command, { abortSignal }));
      for (const { EmailAddress, Reason } of page.SuppressedDestinationSummaries ?? []) {
        if (EmailAddress)
          found({ address: EmailAddress, reason: Reason === 'COMPLAINT' ? 'complained' : 'bounced' });
      }
      NextToken = page.NextToken;
    } while (NextToken);
    return undefined;
  } catch (error) {
    const answer = answerOf(error);
    if (answer.kind === 'accepted') throw error;
    const what = 'cannot read the suppression list of the Amazon SES account';
    if (answer.code === 'AccessDeniedException')
      return `${what}: the role needs ses:ListSuppressedDestinations`;
    return `${what}: ${answer.reason} (${answer.code})`;
  }
}
