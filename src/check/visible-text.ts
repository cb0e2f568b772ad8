import { Parser } from 'htmlparser2';

/** What a reader sees of an HTML text: its words, and the targets of its links. */
export interface VisibleText {
  /** Blocks are separated by a space; runs of white space are one space. */
  readonly text: string;
  readonly links: readonly string[];
}

const UNSEEN = new Set(['head', 'style', 'script', 'template', 'title']);
/** Elements that do not separate the words around them. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code em font i mark q s small span strong sub sup time u'.split(' '),
);
const HIDING = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]))/i;
const FONT_SIZE = /(?:^|;)\s*font-size\s*:\s*([\d.]+)/i;

/** The visible text of HTML, without comments (including those for Outlook), head and hidden elements. */
export function visibleTextIn(html: string): VisibleText {
  const links: string[] = [];
  const open = [{ hidden: false, size: 16 }];
  let text = '';
  const isSeen = () => {
    const { hidden, size } = open.at(-1) ?? { hidden: false, size: 16 };
    return !hidden && size > 0;
  };
  const part = (name: string) => {
    if (!INLINE.has(name)) text += ' ';
  };
  const parser = new Parser({
    onopentag: (name, { href, style = '', hidden }) => {
      const outer = open.at(-1);
      open.push({
        hidden: outer?.hidden || UNSEEN.has(name) || hidden !== undefined || HIDING.test(style),
        size: Number(FONT_SIZE.exec(style)?.[1] ?? outer?.size ?? 16),
      });
      if (name === 'a' && href !== undefined && isSeen()) links.push(href);
      part(name);
    },
    ontext: (words) => {
      if (isSeen()) text += words;
    },
    onclosetag: (name) => {
      open.pop();
      part(name);
    },
  });
  parser.end(html);
  return { text: text.replace(/\s+/g, ' ').trim(), links };
}
