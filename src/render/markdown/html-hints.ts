const SURROUNDED: Readonly<Record<string, string>> = {
  '**bold**': 'b strong',
  '*italic*': 'i em cite dfn var',
  '~~struck out~~': 's del strike',
  '`code` between backticks': 'code tt kbd samp',
};

const WRITTEN: Readonly<Record<string, string>> = {
  'write [text](https://...)': 'a',
  'write ![description](images/NAME.png)': 'img picture figure figcaption',
  'end the line with a backslash': 'br',
  'write --- on its own line': 'hr',
  'use Unicode characters such as ² or ₂, or put the text in parentheses': 'sup sub',
  'begin each line with "- " or "1. "': 'ul ol li dl dt dd',
  'begin the line with "## "': 'h1 h2 h3 h4 h5 h6 header',
  'begin each line with "> "': 'blockquote q',
  'write a table with | between cells': 'table thead tbody tfoot tr th td caption col colgroup',
  'put ``` on a line before and after it': 'pre listing xmp plaintext',
  'link to it instead, because email cannot run scripts or play media':
    'script iframe object embed applet video audio source track canvas svg math form input button select textarea option label fieldset',
};

/** Elements without a Markdown equivalent. */
const DROPPED =
  'p div span font center u small big mark ins abbr acronym address article aside main nav section footer details summary time data ruby rt rp bdi bdo wbr style link meta head title html body base noscript template dialog hgroup legend output progress meter map area frame frameset marquee blink nobr';

const byTag = new Map<string, string>();
for (const tag of DROPPED.split(' ')) byTag.set(tag, 'remove the tag and keep the text');
for (const [hint, tags] of Object.entries(WRITTEN)) for (const tag of tags.split(' ')) byTag.set(tag, hint);
for (const [form, tags] of Object.entries(SURROUNDED))
  for (const tag of tags.split(' ')) byTag.set(tag, `write ${form}`);

/** HTML elements, including obsolete ones. */
export const KNOWN_TAGS: ReadonlySet<string> = new Set(byTag.keys());

/** Hint with the Markdown equivalent of an HTML element. */
export function htmlHint(tag: string): string {
  const instead = byTag.get(tag) ?? 'remove it';
  return `${instead}; to show the tag to readers, put it in backticks`;
}
