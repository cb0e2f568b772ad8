/** A feature of HTML or CSS, and the email clients that do not support it. */
export interface Unsupported {
  /** The name on caniemail.com. */
  readonly feature: string;
  readonly clients: readonly string[];
}

/** The email clients that most readers use. */
const CLIENTS: Parameters<typeof import('caniemail').caniemail>[0]['clients'] = [
  'apple-mail.*',
  'gmail.desktop-webmail',
  'gmail.ios',
  'gmail.android',
  'outlook.windows',
  'outlook.ios',
  'outlook.android',
  'yahoo.*',
];

/** Features that degrade without harm where they are not supported. */
const HARMLESS = new Set([
  '!important keyword',
  '<body> element',
  '<style> element',
  '@media',
  'Child combinator',
  'Attribute selector',
  'Chaining selectors',
  'Class selector',
  'Descendant combinator',
  'ID selector',
  'Type selector',
  ':root pseudo-class',
  'aria-hidden attribute',
  'aria-label attribute',
  'border-collapse',
  'border-radius',
  'border-spacing',
  'cursor',
  'display:none',
  'height property',
  'lang attribute',
  'letter-spacing',
  'opacity',
  'outline',
  'overflow',
  'prefers-color-scheme',
  'role attribute',
  'target attribute',
  'text-transform',
  'text-wrap',
  'text-decoration',
  'transform',
  'white-space',
  'word-break',
  'word-spacing',
]);

/**
 * Features in an HTML text that a major email client does not support. Uses the data of caniemail.com that come with
 * the package, without network requests.
 */
export async function unsupportedIn(html: string): Promise<Unsupported[]> {
  const { caniemail } = await import('caniemail');
  const { issues } = caniemail({ clients: CLIENTS, html });
  const found = new Map<string, Set<string>>();
  for (const [client, problems] of issues.errors) {
    for (const { title } of problems) {
      if (HARMLESS.has(title)) continue;
      found.set(title, (found.get(title) ?? new Set()).add(familyOf(client)));
    }
  }
  return [...found].map(([feature, clients]) => ({ feature, clients: [...clients].sort() }));
}

function familyOf(client: string): string {
  const [family = '', platform] = client.split('.');
  const name = family.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  return family === 'outlook' ? `Outlook (${platform})` : name.join(' ');
}
