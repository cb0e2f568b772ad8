import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.js';
import type { State } from '../state.js';
import { bar } from './bar.js';
import { helpDialog, testDialog } from './dialogs.js';
import { findings } from './findings.js';
import { header } from './header.js';
import { gmailLine, inbox } from './inbox.js';
import { issues } from './issues.js';
import { stage } from './stage.js';
import { weight } from './weight.js';

/** The whole page. */
export function page(app: App, state: State): TemplateResult {
  return html`
    <a class="skip" href="#stage">Skip to the email</a>
    ${state.connected ? nothing : html`<p class="lost" role="alert">The preview has stopped. Run <code>obn preview</code> again and open the URL that it prints.</p>`}
    ${header(app, state)}
    <div class="layout">
      ${issues(app, state)}
      <main>
        ${bar(app, state)} ${gmailLine(state)} ${stage(app, state)}
      </main>
      <aside aria-label="About the email">
        ${findings(app, state)} ${weight(state)} ${inbox(state)}
      </aside>
    </div>
    ${testDialog(app, state)} ${helpDialog()}
    <p class="unseen" role="status">${state.said}</p>
  `;
}
