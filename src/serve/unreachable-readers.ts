import type { Config } from '../config/schema.js';
import { messageOf } from '../findings/error.js';
import { readWeb } from '../platform/web.js';
import { readerRoutes } from './reader-routes.js';

const TIMEOUT_MS = 8_000;

/**
 * Requests the public URL to check that it leads to this service.
 * @returns what is wrong, or undefined.
 */
export async function unreachable(config: Config, signal?: AbortSignal): Promise<string | undefined> {
  const { base } = readerRoutes(config);
  const url = new URL(`${base}/health`);
  try {
    const { status, text } = await readWeb(url, { timeoutMs: TIMEOUT_MS, maxBytes: 4_096, signal });
    const answer = parse(text);
    if (answer?.list === config.newsletter.id) return undefined;
    return `${url.href} answered ${status}, but not like this service`;
  } catch (error) {
    return `${url.href} did not answer: ${messageOf(error)}`;
  }
}

function parse(text: string): { list?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
