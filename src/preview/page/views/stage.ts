import { html, nothing, type TemplateResult } from 'lit-html';
import type { Finding } from '../../../findings/finding.js';
import type { Broken } from '../../protocol.js';
import type { App } from '../app.js';
import { clampWidth, deviceOf, MAX_WIDTH, MIN_WIDTH } from '../choice.js';
import { brokenOf, refusalOf, type State } from '../state.js';

/** The email, page or text. If it cannot be rendered, the problem is shown above the last good version. */
export function stage(app: App, state: State): TemplateResult {
  const { choice, text = '', marked } = state;
  const framed = choice.view === 'email' || choice.view === 'web';
  const wrong = brokenOf(state) ?? refusalOf(state);
  const lined = choice.view === 'source' && choice.file === 'issue.yaml';
  return html`
    <div id="stage" class="stage" tabindex="-1">
      ${wrong ? problem(wrong) : nothing}
      <div class="device ${deviceOf(choice.width) ?? 'free'} ${wrong ? 'stale' : ''}" ?hidden=${!framed}>
        <iframe
          id="frame"
          title=${choice.view === 'web' ? 'Web page' : 'Email'}
          sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        ></iframe>
        ${handle(app, choice.width)}
      </div>
      ${framed ? nothing : html`<pre class="text ${choice.view}" tabindex="0" role="region" aria-label="Text">${lined ? lines(text, marked) : text}</pre>`}
    </div>
  `;
}

/** Text with line numbers. The line of the selected finding is highlighted. */
function lines(text: string, marked: number | undefined): TemplateResult[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map(
      (line, index) => html`<span class="line-of ${index + 1 === marked ? 'marked' : ''}">${line}\n</span>`,
    );
}

/** A problem to fix, with its line and column. */
function problem({ message, hint, findings }: Broken): TemplateResult {
  return html`
    <section class="problem" role="alert">
      <h2>${message}</h2>
      ${hint ? html`<p>${hint}</p>` : nothing} ${findings.map(place)}
    </section>
  `;
}

/** A finding with its source line and a marker under the column. */
export function place({ file, line, column, message, hint, excerpt = '' }: Finding): TemplateResult {
  const start = Math.max(0, column - 60);
  const shown = excerpt.slice(start, start + 120);
  return html`
    <div class="place">
      <p><code>${file}:${line}:${column}</code> ${message}</p>
      ${excerpt.trim() === '' ? nothing : html`<pre>${shown}\n${' '.repeat(column - 1 - start)}^</pre>`}
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    </div>
  `;
}

/** Resize handle of the frame, for mouse and arrow keys. */
function handle(app: App, width: number): TemplateResult {
  const drag = (event: PointerEvent) => {
    const edge = event.currentTarget as HTMLElement;
    edge.setPointerCapture(event.pointerId);
    const [from, before] = [event.clientX, app.state.choice.width];
    // The frame is centered, so it grows on both sides.
    const move = (now: PointerEvent) => app.stretch(clampWidth(before + 2 * (now.clientX - from)));
    const end = () => {
      edge.removeEventListener('pointermove', move);
      app.choose({ width: app.state.choice.width });
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', end, { once: true });
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -10, ArrowRight: 10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    app.choose({ width: clampWidth(width + by) });
  };
  return html`
    <div
      class="handle"
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label="Frame width"
      aria-valuenow=${width}
      aria-valuemin=${MIN_WIDTH}
      aria-valuemax=${MAX_WIDTH}
      @pointerdown=${drag}
      @keydown=${step}
    ></div>
  `;
}
