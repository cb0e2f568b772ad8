import { html, type TemplateResult } from 'lit-html';

export interface Option<T> {
  readonly value: T;
  readonly label: string;
  /** Keyboard shortcut. */
  readonly key?: string;
}

/** Segmented control, made of radio buttons for keyboards and screen readers. */
export function segments<T extends string | number>(
  label: string,
  options: readonly Option<T>[],
  value: T | undefined,
  choose: (value: T) => void,
): TemplateResult {
  return html`
    <fieldset class="segments">
      <legend class="unseen">${label}</legend>
      ${options.map(
        (option) => html`
          <label title=${option.key ? `${option.label} (${option.key})` : option.label}>
            <input
              type="radio"
              name=${label}
              value=${option.value}
              .checked=${option.value === value}
              @change=${() => choose(option.value)}
            />
            <span>${option.label}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}
