/** Limits in characters. After a shorter preheader, email clients show other text; a longer one is cut off. */
export const PREHEADER_LENGTH = { least: 40, most: 120 } as const;
