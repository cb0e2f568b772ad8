import { PLACEHOLDER } from '../../config/placeholder.js';
import { UnsubscribeTokens, unsubscribeLink } from '../../message/token.js';
import { isLoopback } from '../../platform/loopback.js';
import { askWeb, WebError } from '../../platform/web.js';
import { type Examination, failed, type Outcome, passed, skipped } from '../examination.js';

const TIMEOUT_MS = 15_000;
/** An address that cannot exist (RFC 2606). */
const NOBODY = 'nobody@doctor.invalid';
/** Body of a one-click unsubscribe request (RFC 8058, section 3.2). */
const BODY = { type: 'application/x-www-form-urlencoded', text: 'List-Unsubscribe=One-Click' };

export const unsubscribe: Examination = {
  name: 'unsubscribe',
  summary: 'the unsubscribe URL accepts a POST over https without a redirect (RFC 8058)',
  network: true,
  async examine({ newsletter, secrets }) {
    const { url } = newsletter.config.unsubscribe;
    const [secret] = secrets;
    if (url === undefined || url === PLACEHOLDER.unsubscribe) return skipped('not set; see configuration');
    const address = new URL(url);
    if (address.protocol !== 'https:' && !isLoopback(address.hostname)) {
      return failed(`${url} is not https, which mail programs require`, 'serve it over https');
    }
    if (secret === undefined) return skipped('unsubscribe.secret is not set; set its environment variable');
    const token = new UnsubscribeTokens(secret, newsletter.config.newsletter.id).issue(NOBODY);
    return post(new URL(unsubscribeLink(url, token)), url);
  },
};

async function post(link: URL, name: string): Promise<Outcome> {
  try {
    const { status, words } = await askWeb(link, { method: 'POST', body: BODY, timeoutMs: TIMEOUT_MS });
    const answer = `${name} answered a POST with ${status}${words ? ` ${words}` : ''}`;
    if (status >= 200 && status < 300) return passed(answer);
    return failed(answer, remedyOf(status));
  } catch (error) {
    if (!(error instanceof WebError)) throw error;
    return failed(
      `${name} did not answer: ${error.message}`,
      'start the endpoint (`obn serve`), and check host name, port and certificate',
    );
  }
}

function remedyOf(status: number): string {
  if (status >= 300 && status < 400)
    return 'mail programs do not follow a redirect after a POST; set unsubscribe.url to its target';
  if (status === 401 || status === 403)
    return 'allow requests without a login, and exclude the URL from firewall and bot rules; the token identifies the reader';
  if (status === 404) return 'fix the path of unsubscribe.url, or route it to `obn serve`';
  if (status === 405) return 'allow POST, not only GET';
  return 'check the log of the endpoint; it needs the same unsubscribe.secret and newsletter.id';
}
