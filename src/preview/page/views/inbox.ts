import { html, nothing, type TemplateResult } from 'lit-html';
import type { MailFacts } from '../../protocol.js';
import type { State } from '../state.js';

type Shown = TemplateResult | typeof nothing;

/** Inbox row as in Gmail on a desktop. */
export function gmailLine({ issue, choice }: State): Shown {
  const framed = choice.view === 'email' || choice.view === 'text';
  return issue?.mail && framed
    ? html`<div class="inbox">${row('Gmail', 'gmail', issue.mail)}</div>`
    : nothing;
}

/** Inbox rows of two mail programs, at their real widths so that text is cut at the same point. */
export function inbox({ issue }: State): Shown {
  const mail = issue?.mail;
  if (!mail) return nothing;
  return html`
    <section class="inbox">
      <h2>In the inbox</h2>
      ${row('Apple Mail', 'apple', mail)} ${row('Outlook', 'outlook', mail)}
    </section>
  `;
}

function row(program: string, name: string, { from, subject, snippet }: MailFacts): TemplateResult {
  return html`
    <figure class="inbox-row ${name}">
      <figcaption>${program}</figcaption>
      <div class="line">
        <span class="from">${from.name}</span>
        <span class="time">9:00 AM</span>
        <span class="subject">${subject}</span>
        <span class="snippet">${snippet}</span>
      </div>
    </figure>
  `;
}
