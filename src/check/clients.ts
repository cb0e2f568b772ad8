/** A feature of HTML or CSS that mail clients do not know, and those clients. */
export interface Unsupported {
  /** As caniemail.com calls it. */
  readonly feature: string;
  readonly clients: readonly string[];
}

/** The clients that most mail is read in. */
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

/** What is lost without harm where it is not known, and so may be used. */
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
 * What of an HTML text one of the great mail clients does not show, by the data of caniemail.com, which come with the
 * package: nothing is asked of the network.
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
