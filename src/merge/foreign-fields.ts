/** A merge field in a form that obn does not read, which readers would see as it is written. */
export interface ForeignField {
  /** What was written. */
  readonly source: string;
  readonly offset: number;
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
}

/** A way to write merge fields. */
interface ForeignForm {
  /** Matches at the first character of a field. A group has the name of what it stands for. */
  readonly pattern: RegExp;
  readonly message: string;
  /** Where this is not the hint for a field of its name. */
  readonly hint?: string;
}

/** Names of what is known about a reader. Brackets around any other word may be meant to be seen. */
const ABOUT_READERS =
  '(?:(?:first|last|full|user|nick|sur|fore|given|family)[ _-]?name|[fl]?name|e-?mail(?:[ _-]?address)?|vorname|nachname|prénom|nombre|unsubscribe(?:[ _-]?(?:url|link))?|(?:subscriber|contact|recipient|user|lead|person)\\.[\\w.]+)';

const OTHER_PROGRAM = 'is a merge field of another program';
const UNCLOSED = 'is not a merge field: it does not end with }} on this line';
const ONE_BRACE = 'is not a merge field: a merge field has two braces at each end';

/** The first one that matches counts. A new form is a record here. */
const forms: readonly ForeignForm[] = [
  { pattern: /\*\|([^|*\n]{1,80})\|\*/, message: OTHER_PROGRAM },
  { pattern: /<%[=-]? {0,9}([^%\n]{1,80}?) {0,9}%>/, message: OTHER_PROGRAM },
  {
    pattern: /\{%(?: *(if|unless|for|case)\b[^%\n]{0,200}%\}[^\n]{0,500}?\{% *end\1 *|[^%\n]{0,200})%\}/,
    message: OTHER_PROGRAM,
    hint: 'obn has no conditions: write one text for everybody',
  },
  { pattern: /%% {0,9}([A-Za-z][\w .-]{0,80}?) {0,9}%%/, message: OTHER_PROGRAM },
  { pattern: new RegExp(`%(?:recipient\\.)?(${ABOUT_READERS})%`, 'i'), message: OTHER_PROGRAM },
  { pattern: new RegExp(`\\[\\[(${ABOUT_READERS})\\]\\]`, 'i'), message: OTHER_PROGRAM },
  { pattern: new RegExp(`<<(${ABOUT_READERS})>>`, 'i'), message: OTHER_PROGRAM },
  { pattern: /\[%?((?:first|last|full)[ _-]name|[fl]name)%?\](?![[(:])/i, message: OTHER_PROGRAM },
  {
    pattern: /\{\{\{([^{}\n]{1,80})\}\}\}/,
    message: 'is not a merge field: it has three braces at each end',
  },
  {
    pattern:
      /\{\{(?!\{)(?![^{}\n]*\}\}) {0,9}(default +[\w-]{1,80}(?: +"[^"{}\n]{0,80}"?)?|[\w.]{0,80}) ?\}?/,
    message: UNCLOSED,
  },
  { pattern: /(?<![\\{])\{(default\s[^{}\n]{1,80})\}{1,2}/, message: ONE_BRACE },
  { pattern: /\$?(?<![\\{])\{ {0,9}[$!]([A-Za-z_][\w.]{0,80}) {0,9}\}/, message: OTHER_PROGRAM },
  {
    pattern: new RegExp(
      `\\$?(?<![\\\\{/\\w])\\{ {0,9}(${ABOUT_READERS}) {0,9}(?:[,|][^{}\\n]{0,80})?\\}{1,2}`,
      'i',
    ),
    message: ONE_BRACE,
  },
];

const stickyForms = forms.map(({ pattern, ...form }) => ({
  ...form,
  pattern: new RegExp(pattern.source, `${pattern.flags}y`),
}));

/** Characters with which a field of another form begins. */
const BEGINNING = /[*<{%[$]/;

/** The field of another form that begins at `offset`, or undefined. */
export function foreignFieldAt(text: string, offset: number): ForeignField | undefined {
  if (!BEGINNING.test(text[offset] ?? '')) return undefined;
  for (const { pattern, message, hint } of stickyForms) {
    pattern.lastIndex = offset;
    const match = pattern.exec(text);
    if (!match) continue;
    const remedy = hint ?? `${remedyFor(match[1] ?? '')}; to show the characters, put them between backticks`;
    return { source: match[0].trimEnd(), offset, message, hint: remedy };
  }
  return undefined;
}

/** All fields of other forms in a plain text. Merge fields that obn reads are none. */
export function foreignFieldsIn(text: string): ForeignField[] {
  const found: ForeignField[] = [];
  const masked = text.replace(/\{\{[^{}\n]*\}\}/g, (field, at: number) =>
    text[at - 1] === '{' && text[at + field.length] === '}' ? field : ' '.repeat(field.length),
  );
  for (let at = 0; at < masked.length; at++) {
    const field = foreignFieldAt(masked, at);
    if (!field) continue;
    found.push(field);
    at += field.source.length - 1;
  }
  return found;
}

const COLUMNS: readonly (readonly [pattern: RegExp, column: string])[] = [
  [/f(?:irst|ore)?[ _-]?name|given|vorname|prénom/i, 'first_name'],
  [/(?:\bl|last|sur|family)[ _-]?name|nachname/i, 'last_name'],
  [/e-?mail/i, 'email'],
];

/** What to write for what was meant. */
function remedyFor(name: string): string {
  if (/unsub/i.test(name)) return 'delete it, because obn adds the unsubscribe link to the footer';
  const column = COLUMNS.find(([pattern]) => pattern.test(name))?.[1] ?? 'first_name';
  return column === 'email' ? 'write {{email}}' : `write {{default ${column} "there"}}`;
}
