import { confirmedUnmailed } from '../config/confirmed.js';
import type { Newsletter } from '../config/load.js';

/**
 * Warnings for the person who starts the service for readers.
 * @param transport that of the confirmation emails
 */
export function serviceWarnings(
  newsletter: Newsletter,
  { name, live }: { readonly name: string; readonly live: boolean },
): string[] {
  const { config } = newsletter;
  const warnings: string[] = [];
  const unmailed = confirmedUnmailed(newsletter);
  if (unmailed) warnings.push(`Warning: ${unmailed.message}.\nTo mail them, ${unmailed.remedy}.`);
  if (config.serve.subscribe && !live) {
    warnings.push(
      `Confirmation emails go to the ${name}, so nobody receives them. Set send.transport to send them.`,
    );
  }
  return warnings;
}
