import { PLACEHOLDER } from '../../config/placeholder.js';
import { UnsubscribeTokens, unsubscribeLink } from '../../message/token.js';
import { isLoopback } from '../../platform/loopback.js';
import { askWeb, WebError } from '../../platform/web.js';
import { type Examination, failed, type Outcome, passed, skipped } from '../examination.js';

const TIMEOUT_MS = 15_000;
/** Nobody has an address there (RFC 2606). */
const NOBODY = 'nobody@doctor.invalid';
/** What a mail program sends when somebody unsubscribes there (RFC 8058, section 3.2). */
const BODY = { type: 'application/x-www-form-urlencoded', text: 'List-Unsubscribe=One-Click' };

export const unsubscribe: Examination = {
  name: 'unsubscribe',
  summary:
    'the unsubscribe address answers a mail program as RFC 8058 wants: a POST, over https, without a redirect',
  network: true,
  async examine({ newsletter, secrets }) {
    const { url } = newsletter.config.unsubscribe;
    const [secret] = secrets;
    if (url === undefined || url === PLACEHOLDER.unsubscribe)
      return skipped('there is none yet; see configuration');
    const address = new URL(url);
    if (address.protocol !== 'https:' && !isLoopback(address.hostname)) {
      return failed(`${url} is not https, and mail programs ask nothing else`, 'serve it over https');
    }
    if (secret === undefined) return skipped('unsubscribe.secret is not known here; set its variable');
    const token = new UnsubscribeTokens(secret, newsletter.config.newsletter.id).issue(NOBODY);
    return post(new URL(unsubscribeLink(url, token)), url);
  },
};

async function post(link: URL, name: string): Promise<Outcome> {
  try {
    const { status, words } = await askWeb(link, { method: 'POST', body: BODY, timeoutMs: TIMEOUT_MS });
    const answer = `${name} answers a POST with ${status}${words ? ` ${words}` : ''}`;
    if (status >= 200 && status < 300) return passed(answer);
    return failed(answer, remedyOf(status));
  } catch (error) {
    if (!(error instanceof WebError)) throw error;
    return failed(
      `${name} does not answer: ${error.message}`,
      'start the endpoint (`obn serve`), and look at name, port and certificate',
    );
  }
}

function remedyOf(status: number): string {
  if (status >= 300 && status < 400)
    return 'mail programs do not follow a redirect after a POST: set unsubscribe.url to where it leads';
  if (status === 401 || status === 403)
    return 'it must ask nobody who they are, and no firewall may stand in front of it: the token says it all';
  if (status === 404) return 'correct the path of unsubscribe.url, or let the server answer there';
  if (status === 405) return 'let it take POST, and not GET alone';
  return 'look at the log of the endpoint; it needs the same unsubscribe.secret and newsletter.id';
}
