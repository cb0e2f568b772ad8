import { z } from 'zod';
import { sectionTypes } from '../templates/table.js';

/** A completion of an editor, as the YAML extension of VS Code reads it from a JSON Schema. */
export interface SectionSnippet {
  readonly label: string;
  readonly description: string;
  /** The mapping that is inserted; `${1:text}` is a place to fill in. */
  readonly body: Readonly<Record<string, unknown>>;
}

interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
}

/** One completion per section type, with the keys that it must have, filled with their examples. */
export function sectionSnippets(): SectionSnippet[] {
  return sectionTypes.map(({ name, summary, schema }) => {
    const stops = { count: 0 };
    const body = filled(z.toJSONSchema(schema, { io: 'input' }) as Node, stops);
    return { label: name, description: summary, body: body as Record<string, unknown> };
  });
}

function filled(node: Node, stops: { count: number }): unknown {
  const { properties = {}, required = [], items } = node;
  if (node.const !== undefined) return node.const;
  if (items) return [filled(items, stops)];
  if (node.type === 'object') {
    return Object.fromEntries(required.map((key) => [key, filled(properties[key] ?? {}, stops)]));
  }
  stops.count += 1;
  return `\${${stops.count}:${escaped(String(node.examples?.[0] ?? ''))}}`;
}

/** As text in a place to fill in, where `$`, `}` and a backslash have a meaning. */
const escaped = (text: string) => text.replace(/[\\$}]/g, '\\$&');
