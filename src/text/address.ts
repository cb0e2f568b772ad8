/** Invisible characters. They break a URL; in text, they join words or set their direction. */
const INVISIBLE: Readonly<Record<string, string>> = {
  '\u00a0': 'no-break space',
  '\u00ad': 'soft hyphen',
  '\u061c': 'Arabic letter mark',
  '\u180e': 'Mongolian vowel separator',
  '\u200b': 'zero width space',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u202a': 'left-to-right embedding',
  '\u202b': 'right-to-left embedding',
  '\u202c': 'pop directional formatting',
  '\u202d': 'left-to-right override',
  '\u202e': 'right-to-left override',
  '\u2060': 'word joiner',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'first strong isolate',
  '\u2069': 'pop directional isolate',
  '\ufeff': 'byte order mark',
};

// Joiners (U+200C, U+200D) are not included: Persian words and emoji in a URL need them.
const ANY = `[${Object.keys(INVISIBLE).join('')}]`;
const FIRST = new RegExp(ANY);
const ALL = new RegExp(ANY, 'g');
const EDGE = new RegExp(`\\s|${ANY}`);

/** An address without the white space and invisible characters around it, which copying from a page may add. */
export function trimAddress(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && EDGE.test(text[start] ?? '')) start += 1;
  while (start < end && EDGE.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

/** The first invisible character in a text, with its name; undefined when there is none. */
export function invisibleIn(text: string): string | undefined {
  const character = FIRST.exec(text)?.[0];
  if (character === undefined) return undefined;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${code} (${INVISIBLE[character]})`;
}

export function withoutInvisible(text: string): string {
  return text.replace(ALL, '');
}

/** The scheme and the host of a link. */
const OPENED = /^(?:https?|mailto|tel):(?:\/\/[^/?#\\]*)?/i;

/**
 * An address as email clients expect it: trimmed, with scheme and host in lowercase, which is the same address (RFC
 * 3986 sections 3.1 and 3.2.2). A user before the host, and merge fields, are not changed.
 */
export function tidyAddress(text: string): string {
  return trimAddress(text).replace(OPENED, (start) => {
    if (!/[@{]/.test(start)) return start.toLowerCase();
    return start.replace(/^[^:]*/, (scheme) => scheme.toLowerCase());
  });
}
