import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '../config/schema.js';
import { issueSchema } from '../issue/schema.js';
import { writeFile } from '../platform/files.js';

/** The schemas that editors complete and check the files of a newsletter with. */
export const schemas = { issue: issueSchema, config: configSchema } as const;

export type SchemaName = keyof typeof schemas;

/** JSON Schema, draft 2020-12, of what an author may write. */
export function jsonSchema(name: SchemaName): Record<string, unknown> {
  const title = name === 'issue' ? 'An issue of a newsletter' : 'obn.yaml';
  return { title, ...z.toJSONSchema(schemas[name], { io: 'input', unrepresentable: 'any' }) };
}

/** Where the files of a newsletter look for their schema, from its root. */
export function schemaFile(name: SchemaName): string {
  return `.obn/schema/${name}.schema.json`;
}

/** Puts the schemas where the files of a newsletter point their editors. */
export async function writeSchemas(root: string): Promise<void> {
  for (const name of ['issue', 'config'] as const) {
    await writeFile(join(root, schemaFile(name)), `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
  }
}
