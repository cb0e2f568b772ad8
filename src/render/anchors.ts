import slugify from 'slugify';

/** IDs that the page itself uses: layout, form and search. */
export const PAGE_IDS = ['content', 'subscribe-email', 'search-query', 'search-results'] as const;

/**
 * Creates unique section IDs from headings.
 * @returns a function to call for the sections in order
 */
export function createAnchors(): (heading: string, type: string, index: number) => string {
  const taken = new Set<string>(PAGE_IDS);
  return (heading, type, index) => {
    const base = slugify(heading, { lower: true, strict: true }) || type;
    let anchor = base;
    // The section number comes first, as in already published URLs.
    for (let more = index + 1; taken.has(anchor); more++) anchor = `${base}-${more}`;
    taken.add(anchor);
    return anchor;
  };
}
