import { resolve } from 'node:path';
import { addLinks } from '../collect/add-links.js';
import { openNewsletter as read } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { systemClock } from '../platform/clock.js';
import { surroundings } from '../platform/process.js';
import type { ApiSession } from './api-session.js';
import { archive } from './archive.js';
import { approvals, check, failures, render, status, summaries, variants } from './issues.js';
import type { Newsletter, NewsletterConfig, OpenOptions } from './newsletter-types.js';
import { acceptLedger, prepare, sendDue, sendTest } from './sends.js';
import { subscribersOf } from './subscribers.js';

export { ObnError } from '../findings/error.js';
export type { Finding, Severity } from '../findings/finding.js';
export type { Clock } from '../platform/clock.js';
export type * from './archive-types.js';
export type * from './count-types.js';
export type * from './issue-types.js';
export type * from './link-types.js';
export type * from './newsletter-types.js';
export type * from './send-types.js';
export type * from './subscriber-types.js';

/**
 * Opens the newsletter in a folder. The ledger is opened when a method needs it.
 * @throws ObnError if there is no obn.yaml, or it has errors
 */
export async function openNewsletter(options: OpenOptions = {}): Promise<Newsletter> {
  const around = surroundings();
  const { cwd = around.cwd, env = around.env, clock = systemClock, ledger, onNotice } = options;
  const host = { cwd: resolve(cwd), env, clock };
  const newsletter = await read(host.cwd, env);
  const session: ApiSession = { host, newsletter, ledger, onNotice, open: new Set() };
  const { root } = newsletter;
  return {
    ...{ root, config: publicConfig(newsletter.config) },
    subscribers: subscribersOf(session),
    approvals: approvals(session),
    issues: () => summaries(session),
    check: (what = {}) => check(session, typeof what === 'object' ? what : { issues: [what] }),
    render: (issue, how = {}) => render(session, issue, how),
    variants: (issue, { list } = {}) => variants(session, issue, list),
    send: (issue, how = {}) => prepare(session, issue, how),
    sendDue: (how = {}) => sendDue(session, how),
    sendTest: (issue, addresses, how = {}) => sendTest(session, issue, addresses, how),
    acceptLedger: (issue, how = {}) => acceptLedger(session, issue, how),
    status: (issue) => status(session, issue),
    failures: (issue) => failures(session, issue),
    addLinks: (urls, { to, ...how } = {}) =>
      addLinks(host, newsletter, urls, {
        ...{ ...how, to: to === undefined ? undefined : String(to), onNotice },
      }),
    archive: (how = {}) => archive(session, how),
    async close() {
      for (const close of [...session.open]) await close();
    },
  };
}

/** The part of the configuration that belongs to the API. The rest may change, and contains secrets. */
function publicConfig({ newsletter, from, audience, send }: Config): NewsletterConfig {
  const { id, name, url, language, timezone } = newsletter;
  const { transport, rate, require_approval } = send;
  return {
    newsletter: { id, name, url, language, timezone },
    from: { name: from.name, email: from.email },
    audience: { file: audience.file, ledger: audience.ledger },
    send: { transport, rate, require_approval },
  };
}
