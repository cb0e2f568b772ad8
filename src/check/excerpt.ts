const MAX = 80;

/** Text of the author in quotes, on one line, shortened to 80 characters. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return `"${letters.length > MAX ? `${letters.slice(0, MAX).join('')}…` : line}"`;
}
