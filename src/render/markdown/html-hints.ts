const SURROUNDED: Readonly<Record<string, string>> = {
  '**bold**': 'b strong',
  '*italic*': 'i em cite dfn var',
  '~~struck out~~': 's del strike',
  '`code` between backticks': 'code tt kbd samp',
};

const WRITTEN: Readonly<Record<string, string>> = {
  'write [text](https://…)': 'a',
  'write ![what it shows](images/NAME.png)': 'img picture figure figcaption',
  'end the line with a backslash': 'br',
  'write --- on a line of its own': 'hr',
  'write the letters that Unicode has, such as ² or ₂, or put the words in parentheses': 'sup sub',
  'begin each line with "- " or "1. "': 'ul ol li dl dt dd',
  'begin the line with "## "': 'h1 h2 h3 h4 h5 h6 header',
  'begin each line with "> "': 'blockquote q',
  'write a table with | between its cells': 'table thead tbody tfoot tr th td caption col colgroup',
  'put a line with ``` before and after it': 'pre listing xmp plaintext',
  'link to it instead, as emails run no programs and play nothing':
    'script iframe object embed applet video audio source track canvas svg math form input button select textarea option label fieldset',
};

/** Elements that Markdown has nothing for. */
const DROPPED =
  'p div span font center u small big mark ins abbr acronym address article aside main nav section footer details summary time data ruby rt rp bdi bdo wbr style link meta head title html body base noscript template dialog hgroup legend output progress meter map area frame frameset marquee blink nobr';

const byTag = new Map<string, string>();
for (const tag of DROPPED.split(' ')) byTag.set(tag, 'leave the tag out, and keep the words');
for (const [hint, tags] of Object.entries(WRITTEN)) for (const tag of tags.split(' ')) byTag.set(tag, hint);
for (const [form, tags] of Object.entries(SURROUNDED))
  for (const tag of tags.split(' ')) byTag.set(tag, `write ${form}`);

/** The elements of HTML, those of earlier versions among them. */
export const KNOWN_TAGS: ReadonlySet<string> = new Set(byTag.keys());

/** What to write in Markdown instead of an element of HTML. */
export function htmlHint(tag: string): string {
  const instead = byTag.get(tag) ?? 'take it out';
  return `${instead}; if readers are meant to see the tag, put it between backticks`;
}
