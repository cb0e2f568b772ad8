/** What the examples of the guide are filled with. */
export const SAMPLE = { date: '2026-12-01', author: 'Jane' } as const;
