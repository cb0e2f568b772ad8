/** Files that must never be committed, because they contain data about readers. */
export const IGNORED = ['.obn/', 'subscribers.csv', '.subscribers.csv.*.tmp', 'site/'] as const;
