/** The facts about a page in its JSON-LD (schema.org); texts are as written. */
export interface JsonLdFacts {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly source?: string | undefined;
  readonly date?: string | undefined;
  readonly description?: string | undefined;
}

type Node = Readonly<Record<string, unknown>>;

/** A page describes a handful of things; more is a mistake or an attack. */
const MAX_NODES = 1_000;
const MAX_AUTHORS = 3;
/** The types that describe a page rather than its site, its path or its images. */
const ABOUT_PAGE = /(?:Article|Posting|Report|VideoObject|Podcast\w*|Book|Course|Event|SoftwareSourceCode)$/;

/** Reads the first article of the JSON-LD scripts of a page. Scripts that are not JSON are ignored. */
export function readJsonLd(scripts: readonly string[]): JsonLdFacts {
  const nodes = scripts.flatMap(parsed).flatMap(nodesIn).slice(0, MAX_NODES);
  const article = nodes.find((node) => typesOf(node).some((type) => ABOUT_PAGE.test(type)));
  if (!article) return {};
  const byId = new Map(nodes.map((node) => [node['@id'], node]));
  const named = (value: unknown) => namesOf(value, byId);
  return {
    title: textOf(article.headline) ?? textOf(article.name),
    author: named(article.author).slice(0, MAX_AUTHORS).join(', ') || undefined,
    source: named(article.publisher)[0],
    date: textOf(article.datePublished),
    description: textOf(article.description),
  };
}

function parsed(script: string): unknown[] {
  try {
    return [JSON.parse(script)];
  } catch {
    return [];
  }
}

/** The top-level nodes, and those of `@graph`. */
function nodesIn(value: unknown): Node[] {
  return [value].flat().flatMap((node) => {
    if (!isNode(node)) return [];
    return [node, ...[node['@graph']].flat().filter(isNode)];
  });
}

function typesOf(node: Node): string[] {
  return [node['@type']].flat().filter((type) => typeof type === 'string');
}

/** Names of people or organizations, which are texts, nodes, references to nodes, or lists of these. */
function namesOf(value: unknown, byId: ReadonlyMap<unknown, Node>): string[] {
  const names = [value]
    .flat()
    .slice(0, MAX_NODES)
    .flatMap((one) => {
      if (!isNode(one)) return textOf(one) ?? [];
      return textOf(one.name) ?? textOf(byId.get(one['@id'])?.name) ?? [];
    });
  return [...new Set(names)];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
