/** Characters that nobody sees. In an address they lead nowhere; in text, they join words or give their direction. */
const INVISIBLE: Readonly<Record<string, string>> = {
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

// Joiners (U+200C, U+200D) are none of them: Persian words and emoji in an address need them.
const ANY = `[${Object.keys(INVISIBLE).join('')}]`;
const FIRST = new RegExp(ANY);
const ALL = new RegExp(ANY, 'g');
const EDGE = new RegExp(`\\s|${ANY}`);

/** An address without the white space and the invisible characters around it, as a copy from a page may have them. */
export function trimAddress(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && EDGE.test(text[start] ?? '')) start += 1;
  while (start < end && EDGE.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

/** The first invisible character in a text, with its name; undefined where there is none. */
export function invisibleIn(text: string): string | undefined {
  const character = FIRST.exec(text)?.[0];
  if (character === undefined) return undefined;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${code} (${INVISIBLE[character]})`;
}

export function withoutInvisible(text: string): string {
  return text.replace(ALL, '');
}

/** The scheme and the host of an address that readers open. */
const OPENED = /^(?:https?|mailto|tel):(?:\/\/[^/?#\\]*)?/i;

/**
 * An address as the programs of readers expect it: nothing around it, and scheme and host in small letters, which are
 * the same address (RFC 3986 sections 3.1 and 3.2.2). A user before the host, and merge fields, stay as they are.
 */
export function tidyAddress(text: string): string {
  return trimAddress(text).replace(OPENED, (start) => {
    if (!/[@{]/.test(start)) return start.toLowerCase();
    return start.replace(/^[^:]*/, (scheme) => scheme.toLowerCase());
  });
}
