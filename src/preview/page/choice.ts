/** What the page shows. It is stored in the URL, so a reload shows the same. */
export interface Choice {
  /** Undefined: the newest issue. */
  readonly issue: number | undefined;
  readonly view: View;
  /** The file in the source view. */
  readonly file: SourceFile;
  /** Frame width in pixels. */
  readonly width: number;
  readonly scheme: Scheme;
  readonly pictures: Pictures;
  /** Address of the reader whose copy is shown; empty for a placeholder reader. */
  readonly reader: string;
}

export const VIEWS = ['email', 'web', 'text', 'source'] as const;
export const SOURCE_FILES = ['issue.yaml', 'email.mjml', 'email.html', 'message.eml', 'web.html'] as const;
export const SCHEMES = ['light', 'dark'] as const;
export const PICTURES = ['on', 'off', 'all'] as const;

export type View = (typeof VIEWS)[number];
export type SourceFile = (typeof SOURCE_FILES)[number];
export type Scheme = (typeof SCHEMES)[number];
export type Pictures = (typeof PICTURES)[number];

export const DEVICES = { desktop: 860, tablet: 768, phone: 375 } as const;

export type Device = keyof typeof DEVICES;

export const MIN_WIDTH = 240;
export const MAX_WIDTH = 2_000;

export const DEFAULT: Choice = {
  issue: undefined,
  view: 'email',
  file: 'issue.yaml',
  width: DEVICES.desktop,
  scheme: 'light',
  pictures: 'on',
  reader: '',
};

/** Parses a choice from a query string. Ignores invalid values. */
export function choiceOf(query: string): Choice {
  const given = new URLSearchParams(query);
  const one = <T extends string>(name: string, values: readonly T[], initial: T): T =>
    values.find((value) => value === given.get(name)) ?? initial;
  const number = (name: string) => {
    const text = given.get(name) ?? '';
    return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  };
  const device = Object.entries(DEVICES).find(([name]) => name === given.get('width'))?.[1];
  return {
    issue: number('issue'),
    view: one('view', VIEWS, DEFAULT.view),
    file: one('file', SOURCE_FILES, DEFAULT.file),
    width: device ?? clampWidth(number('width') ?? DEFAULT.width),
    scheme: one('scheme', SCHEMES, DEFAULT.scheme),
    pictures: one('pictures', PICTURES, DEFAULT.pictures),
    reader: given.get('reader') ?? '',
  };
}

/** Formats a choice as a query string without default values. */
export function queryOf(choice: Choice): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) {
    if (value === undefined || value === DEFAULT[name as keyof Choice]) continue;
    query.set(name, name === 'width' ? (deviceOf(Number(value)) ?? String(value)) : String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export function deviceOf(width: number): Device | undefined {
  return (Object.keys(DEVICES) as Device[]).find((name) => DEVICES[name] === width);
}

export function clampWidth(width: number): number {
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(width)));
}
