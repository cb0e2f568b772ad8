import slugify from 'slugify';

/** What the page around the sections has as ids of its own: layout, form and search. */
export const PAGE_IDS = ['content', 'subscribe-email', 'search-query', 'search-results'] as const;

/**
 * Gives each section of a page an id of its own, made of its heading.
 * @returns a function that is called for the sections in their order
 */
export function createAnchors(): (heading: string, type: string, index: number) => string {
  const taken = new Set<string>(PAGE_IDS);
  return (heading, type, index) => {
    const base = slugify(heading, { lower: true, strict: true }) || type;
    let anchor = base;
    // The number of the section first: that is what addresses of pages in the world have.
    for (let more = index + 1; taken.has(anchor); more++) anchor = `${base}-${more}`;
    taken.add(anchor);
    return anchor;
  };
}
