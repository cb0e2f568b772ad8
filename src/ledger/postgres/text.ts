/** PostgreSQL keeps no NUL and no half of a surrogate pair; what others say may hold both. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
