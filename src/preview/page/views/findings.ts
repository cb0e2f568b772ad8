import { html, nothing, type TemplateResult } from 'lit-html';
import type { PlacedFinding } from '../../protocol.js';
import type { App } from '../app.js';
import { brokenOf, issueOf, type State } from '../state.js';

/** Findings of `obn check` for the issue. */
export function findings(app: App, state: State): TemplateResult {
  const { findings: found, newsletter, failures } = state;
  const about = newsletter?.issues.find(({ number }) => number === issueOf(state))?.file;
  const all = found?.findings ?? [];
  const count = (wanted: string) => all.filter(({ severity }) => severity === wanted).length;
  const broken = brokenOf(state) !== undefined;
  const refused = broken ? undefined : failures.findings;
  const counted = titleOf(found !== undefined, count('error'), count('warning'), count('info'));
  const title = broken ? 'Fix this first' : refused ? 'Not checked' : counted;
  return html`
    <section class="findings" aria-live="polite">
      <h2 tabindex="-1">${title}</h2>
      ${broken ? nothing : html`<ul>${all.map((finding, index) => card(app, finding, isNew(all, index), about))}</ul>`}
      ${refused ? html`<p class="note">${refused.error}</p>` : nothing}
      ${found?.rows === false ? html`<p class="note">The list is too long to check here. Run <code>obn check</code>.</p>` : nothing}
    </section>
  `;
}

function titleOf(known: boolean, errors: number, warnings: number, infos: number): string {
  if (!known) return 'Checking…';
  if (errors + warnings + infos === 0) return 'No problems found';
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ...(infos > 0 ? [`${infos} info`] : []),
  ].join(', ');
}

/** Whether the hint was not shown before. */
function isNew(all: readonly PlacedFinding[], index: number): boolean {
  const { rule, hint } = all[index] ?? {};
  return all.findIndex((one) => one.rule === rule && one.hint === hint) === index;
}

/** @param issue the file whose findings link to a section of the email. */
function card(
  app: App,
  finding: PlacedFinding,
  withHint: boolean,
  issue: string | undefined,
): TemplateResult {
  const { severity, hint, file } = finding;
  const shows = file === issue;
  return html`
    <li class="finding ${severity}">
      ${
        shows
          ? html`<button type="button" title="Show in the email" @click=${() => void app.jumpTo(finding)}>${about(finding)}</button>`
          : html`<div>${about(finding)}</div>`
      }
      ${withHint && hint ? html`<p class="hint">${hint}</p>` : nothing}
    </li>
  `;
}

function about({ severity, rule, message, file, line, column }: PlacedFinding): TemplateResult {
  return html`
    <span class="head"><b>${severity}</b> <code>${rule}</code></span>
    <span class="message">${message}</span>
    <code class="where">${file}:${line}:${column}</code>
  `;
}
