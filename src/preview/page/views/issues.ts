import { html, nothing, type TemplateResult } from 'lit-html';
import type { Broken, IssueFacts } from '../../protocol.js';
import type { App } from '../app.js';
import { queryOf } from '../choice.js';
import { issueOf, type State } from '../state.js';

/** List of issues with their states. */
export function issues(app: App, state: State): TemplateResult {
  const { newsletter } = state;
  const shown = issueOf(state);
  return html`
    <nav class="issues" aria-label="Issues">
      ${newsletter?.issues.length === 0 ? html`<p>No issues yet. Create one with <code>obn new</code>.</p>` : nothing}
      ${newsletter?.trouble ? trouble(newsletter.trouble) : nothing}
      <ul>${newsletter?.issues.map((issue) => entry(app, state, issue, issue.number === shown))}</ul>
    </nav>
  `;
}

/** Shown when the ledger cannot be read. */
function trouble({ message, findings, hint }: Broken): TemplateResult {
  const why = findings[0]?.message ?? message;
  return html`<p class="trouble" title=${hint ?? nothing}>Cannot read the ledger: ${why}</p>`;
}

function entry(app: App, { choice }: State, issue: IssueFacts, current: boolean): TemplateResult {
  const { number, title, date, state, file } = issue;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    app.choose({ issue: number });
  };
  return html`
    <li>
      <a href="/${queryOf({ ...choice, issue: number })}" aria-current=${current ? 'page' : 'false'} @click=${open}>
        <span class="number">#${number}</span>
        <span class="title">${title ?? file}</span>
        <span class="about"><span class="state" data-state=${state}>${state}</span> ${date ?? ''}</span>
      </a>
    </li>
  `;
}
