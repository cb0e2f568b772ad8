/** A table in Markdown. Cells are Markdown; a pipe in one is escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  const oneLine = text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
  // Outside code, a tag would be HTML.
  return oneLine.replace(/(`+)[^`]*\1|</g, (found) => (found === '<' ? '&lt;' : found));
}

/** Text in code marks, also when it contains some. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** A clause as a sentence. The name obn stays lowercase. */
export function sentence(text: string): string {
  if (/^obn\b/.test(text)) return `${text}.`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
