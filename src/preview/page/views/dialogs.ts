import { html, nothing, type TemplateResult } from 'lit-html';
import type { NewsletterFacts } from '../../protocol.js';
import type { App } from '../app.js';
import { SHORTCUTS } from '../keys.js';
import { issueOf, type State } from '../state.js';
import { place } from './stage.js';

/** Dialog that sends one copy through the transport of the newsletter. */
export function testDialog(app: App, state: State): TemplateResult {
  const { newsletter, test } = state;
  const how = newsletter?.transport && howText(newsletter.transport);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const address = new FormData(event.target as HTMLFormElement).get('address');
    void app.sendTest(String(address ?? ''));
  };
  return html`
    <dialog id="test" aria-labelledby="test-title">
      <form @submit=${send}>
        <h2 id="test-title">Send me a test of issue #${issueOf(state) ?? ''}</h2>
        <p>${how}</p>
        <label>Address <input name="address" type="email" required autocomplete="email" .value=${app.lastAddress} /></label>
        <div class="answer" role="status">${answer(test, newsletter?.transport?.live === true)}</div>
        <footer>
          <button type="button" class="plain" @click=${close}>Close</button>
          <button class="primary" ?disabled=${test.sending}>${test.sending ? 'Sending…' : 'Send'}</button>
        </footer>
      </form>
    </dialog>
  `;
}

function howText({ name, live }: NonNullable<NewsletterFacts['transport']>): string {
  if (live) return `Sends one real email through ${name}, with [Test] in the subject.`;
  return `Writes one file to the ${name}. Nothing is mailed; to send real tests, set send.transport in obn.yaml.`;
}

function answer({ result, failure }: State['test'], live: boolean): TemplateResult | typeof nothing {
  if (failure) {
    return html`<p class="no">${failure.error}</p>${failure.findings?.map(place)}${failure.hint ? html`<p class="hint">${failure.hint}</p>` : nothing}`;
  }
  if (!result) return nothing;
  if (result.result === 'accepted') {
    const text = live ? `Sent to ${result.address}.` : `Wrote the test for ${result.address} to the outbox.`;
    return html`<p class="yes">${text}</p>`;
  }
  return html`<p class="no">${result.address}: ${result.result}, ${result.detail}</p>`;
}

export function helpDialog(): TemplateResult {
  return html`
    <dialog id="help" aria-labelledby="help-title">
      <h2 id="help-title">Keyboard shortcuts</h2>
      <dl>${SHORTCUTS.map(({ keys, does }) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${does}</dd></div>`)}</dl>
      <footer><button type="button" class="plain" @click=${close}>Close</button></footer>
    </dialog>
  `;
}

function close(event: Event): void {
  (event.target as HTMLElement).closest('dialog')?.close();
}
