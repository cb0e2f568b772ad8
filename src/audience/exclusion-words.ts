/** What a count of exclusions is followed by, by reason; other reasons say it themselves, such as `bounced`. */
export const EXCLUSION_WORDS: Readonly<Record<string, string>> = {
  no_address: 'without an address',
  invalid_address: 'with an invalid address',
  non_ascii_local_part: 'with characters before the @ that mail servers do not accept',
  malformed: 'unreadable: too many values, or a misplaced quote',
  stray_quote: 'in doubt after a stray quote',
  invalid_status: 'with a status that obn does not recognize',
  unclear: 'also on a row that cannot be read',
  duplicate: 'already on the list',
  sample: 'sample readers of obn init',
  segment: 'not in the segment',
};
