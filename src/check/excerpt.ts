const MAX = 80;

/** What an author wrote, in quotes, on one line and cut where it is long. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return `"${letters.length > MAX ? `${letters.slice(0, MAX).join('')}…` : line}"`;
}
