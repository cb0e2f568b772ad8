/** How many characters a preheader has: fewer leave room for what nobody chose, and of more the end is cut off. */
export const PREHEADER_LENGTH = { least: 40, most: 120 } as const;
