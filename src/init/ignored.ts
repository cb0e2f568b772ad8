/** What must never be committed: the readers, and what obn knows of them. */
export const IGNORED = ['.obn/', 'subscribers.csv', '.subscribers.csv.*.tmp', 'site/'] as const;
