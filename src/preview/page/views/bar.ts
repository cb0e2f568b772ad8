import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.js';
import { clampWidth, DEVICES, type Device, deviceOf, MAX_WIDTH, MIN_WIDTH, SOURCE_FILES } from '../choice.js';
import type { State } from '../state.js';
import { segments } from './controls.js';

const DEVICE_NAMES: Readonly<Record<Device, string>> = {
  desktop: 'Desktop',
  tablet: 'Tablet',
  phone: 'Phone',
};

/** Toolbar with the view options. */
export function bar(app: App, state: State): TemplateResult {
  const { view } = state.choice;
  const framed = view === 'email' || view === 'web';
  const views = [
    { value: 'email', label: 'Email', key: '1' },
    { value: 'web', label: 'Web', key: '2' },
    { value: 'text', label: 'Text', key: '3' },
    { value: 'source', label: 'Source', key: '4' },
  ] as const;
  return html`
    <div class="bar" role="toolbar" aria-label="View options">
      ${segments('View', views, view, (value) => app.choose({ view: value }))}
      ${framed ? frameControls(app, state) : nothing}
      ${view === 'source' ? sourceControls(app, state) : nothing}
    </div>
  `;
}

function frameControls(app: App, { choice, issue }: State): TemplateResult {
  const devices = (Object.keys(DEVICES) as Device[]).map((device) => ({
    value: device,
    label: DEVICE_NAMES[device],
    key: device[0] ?? '',
  }));
  const pictures = [
    { value: 'on', label: 'Images' },
    { value: 'off', label: 'Blocked', key: 'i' },
    ...((issue?.mail?.remotePictures ?? 0) > 0 ? [{ value: 'all', label: 'Load remote' } as const] : []),
  ] as const;
  const schemes = [
    { value: 'light', label: 'Light', key: 'c' },
    { value: 'dark', label: 'Dark', key: 'c' },
  ] as const;
  const widen = (event: Event) => {
    const width = Number((event.target as HTMLInputElement).value);
    if (Number.isFinite(width) && width > 0) app.choose({ width: clampWidth(width) });
  };
  return html`
    ${segments('Device', devices, deviceOf(choice.width), (device) => app.choose({ width: DEVICES[device] }))}
    <label class="width">
      <span class="unseen">Width in pixels</span>
      <input type="number" min=${MIN_WIDTH} max=${MAX_WIDTH} .value=${String(choice.width)} @change=${widen} />
    </label>
    ${segments('Colors', schemes, choice.scheme, (scheme) => app.choose({ scheme }))}
    ${segments('Images', pictures, choice.pictures, (value) => app.choose({ pictures: value }))}
  `;
}

const SOURCE_NAMES: Readonly<Record<(typeof SOURCE_FILES)[number], string>> = {
  'issue.yaml': 'YAML',
  'email.mjml': 'MJML',
  'email.html': 'HTML',
  'message.eml': 'Message',
  'web.html': 'Web page',
};

function sourceControls(app: App, { choice }: State): TemplateResult {
  const files = SOURCE_FILES.map((value) => ({ value, label: SOURCE_NAMES[value] }));
  return segments('Source', files, choice.file, (file) => app.choose({ file }));
}
