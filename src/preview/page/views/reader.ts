import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.js';
import type { ReaderOption, State } from '../state.js';

/** Chooses the reader whose copy is shown (ARIA combobox). */
export function readerField(app: App, { choice, readers, newsletter }: State): TemplateResult {
  const { open, text, options, active, trouble } = readers;
  const none = newsletter?.list.exists === false;
  return html`
    <div class="reader">
      <input
        id="reader"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        aria-label="Reader whose copy is shown"
        aria-expanded=${open}
        aria-controls="readers"
        aria-autocomplete="list"
        aria-activedescendant=${open && active >= 0 ? `reader-${active}` : nothing}
        title="Choose a reader (/)"
        placeholder=${none ? 'Any reader (no list)' : 'Any reader'}
        .value=${open ? text : choice.reader}
        @focus=${(event: Event) => {
          (event.target as HTMLInputElement).select();
          void app.readers.open();
        }}
        @blur=${() => app.readers.close()}
        @input=${(event: Event) => void app.readers.type((event.target as HTMLInputElement).value.trim())}
        @keydown=${(event: KeyboardEvent) => onKey(app, event)}
      />
      <ul id="readers" role="listbox" aria-label="Readers" ?hidden=${!open}>
        ${options.map((option, index) => entry(app, option, index, index === active))}
        ${open && options.length === 0 ? unable('No match') : nothing}
        ${open && trouble ? unable(trouble) : nothing}
      </ul>
    </div>
  `;
}

/** A message in place of the options, because a listbox may only contain options. */
function unable(why: string): TemplateResult {
  return html`<li class="none" role="option" aria-disabled="true" aria-selected="false">${why}</li>`;
}

function entry(app: App, option: ReaderOption, index: number, active: boolean): TemplateResult {
  const { address, name, note } = option;
  // Otherwise the field would lose focus and close the list before the click.
  const pick = (event: Event) => {
    event.preventDefault();
    app.readers.pick(option);
    document.querySelector<HTMLElement>('#reader')?.blur();
  };
  return html`
    <li id="reader-${index}" role="option" aria-selected=${active} @pointerdown=${pick}>
      <span>${name || address}</span>
      <small>${note || (name ? address : '')}</small>
    </li>
  `;
}

function onKey(app: App, event: KeyboardEvent): void {
  const { options, active } = app.state.readers;
  const field = event.target as HTMLInputElement;
  const actions: Record<string, () => void> = {
    ArrowDown: () => app.readers.move(1),
    ArrowUp: () => app.readers.move(-1),
    Enter: () => {
      app.readers.pick(field.value === '' && active < 0 ? options[0] : options[active]);
      field.blur();
    },
    Escape: () => field.blur(),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
