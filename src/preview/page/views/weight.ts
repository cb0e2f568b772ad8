import { html, nothing, type TemplateResult } from 'lit-html';
import type { State } from '../state.js';

/** From this share on, a check warns. */
const HIGH = 0.88;

/** How much of what Gmail shows the mail takes, and where its weight is. */
export function weight({ issue }: State): TemplateResult | typeof nothing {
  if (!issue?.mail) return nothing;
  const { weight, clipBytes, textBytes, remotePictures } = issue.mail;
  const remote = remotePictures === 1 ? 'One picture is' : `${remotePictures} pictures are`;
  return html`
    <section class="weight">
      <h2>${kilobytes(weight.bytes)} <small>of the ${kilobytes(clipBytes, 0)} that Gmail shows</small></h2>
      <meter min="0" max=${clipBytes} high=${clipBytes * HIGH} value=${weight.bytes} aria-label="Size of the HTML"></meter>
      <details>
        <summary>By section</summary>
        <table>
          <tbody>
            ${weight.parts.map(({ name, title, bytes }) => line(title ?? name, bytes))} ${line('text part', textBytes)}
          </tbody>
        </table>
      </details>
      ${remotePictures > 0 ? html`<p class="note">${remote} of another site, and not loaded unless you say so.</p>` : nothing}
    </section>
  `;
}

function line(name: string, bytes: number): TemplateResult {
  return html`<tr><th scope="row">${name}</th><td>${kilobytes(bytes)}</td></tr>`;
}

function kilobytes(bytes: number, digits = 1): string {
  return `${(bytes / 1000).toFixed(digits)} kB`;
}
