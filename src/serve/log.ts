import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../platform/clock.js';

/**
 * One line of the access log. It contains nothing that identifies a reader: no address, token or
 * network.
 */
export interface AccessLine {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly method: string;
  /** The requested page; `other` for anything else. */
  readonly page: string;
  readonly status: number;
  readonly ms: number;
}

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

export function accessLog(
  clock: Clock,
  pageOf: (path: string) => string,
  say: (line: AccessLine) => void,
): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    const begun = clock.steady();
    await next();
    say({
      time: new Date(clock.now()).toISOString(),
      method: METHODS.includes(req.method) ? req.method : 'other',
      page: pageOf(req.path),
      status: context.res.status,
      ms: Math.round(clock.steady() - begun),
    });
  };
}

/** The line as plain text. */
export function accessText({ time, method, page, status, ms }: AccessLine): string {
  return `${time} ${method} ${page} ${status} ${ms} ms`;
}

/** Text of an error, without addresses and tokens. */
export function faultText(error: unknown): string {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return words.replace(/[^\s@<>"']+@[^\s@<>"']+/g, '…@…').replace(/[A-Za-z0-9_-]{24,}/g, '…');
}
