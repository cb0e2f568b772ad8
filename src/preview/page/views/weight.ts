import { html, nothing, type TemplateResult } from 'lit-html';
import type { State } from '../state.js';

/** Share at which `obn check` warns. */
const HIGH = 0.88;

/** Size of the email relative to Gmail's clip size, by section. */
export function weight({ issue }: State): TemplateResult | typeof nothing {
  if (!issue?.mail) return nothing;
  const { weight, clipBytes, textBytes, remotePictures } = issue.mail;
  const remote = `${remotePictures} remote ${remotePictures === 1 ? 'image' : 'images'}`;
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
      ${remotePictures > 0 ? html`<p class="note">${remote} not loaded. Choose “Load remote” to see all images.</p>` : nothing}
    </section>
  `;
}

function line(name: string, bytes: number): TemplateResult {
  return html`<tr><th scope="row">${name}</th><td>${kilobytes(bytes)}</td></tr>`;
}

function kilobytes(bytes: number, digits = 1): string {
  return `${(bytes / 1000).toFixed(digits)} kB`;
}
