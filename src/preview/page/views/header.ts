import { html, type TemplateResult } from 'lit-html';
import type { App } from '../app.js';
import { openDialog, openTest } from '../keys.js';
import type { State } from '../state.js';
import { readerField } from './reader.js';

/** Header with the newsletter name, the reader and the actions. */
export function header(app: App, state: State): TemplateResult {
  return html`
    <header>
      <h1>${state.newsletter?.name ?? ''}</h1>
      ${readerField(app, state)}
      <button type="button" class="primary" title="Send me a test (s)" @click=${() => openTest(app)}>Send me a test</button>
      <button type="button" class="plain" title="Keyboard shortcuts (?)" aria-label="Keyboard shortcuts" @click=${() => openDialog('help')}>?</button>
    </header>
  `;
}
