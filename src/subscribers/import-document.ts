import type { AppliedImport } from './apply-import.js';
import type { ImportPlan } from './plan-import.js';

/** The document of `obn subscribers import --json`. @param applied the result; undefined: a dry run */
export function importDocument(
  file: string,
  list: string,
  { mapping, draft, rows }: Pick<ImportPlan, 'mapping' | 'draft' | 'rows'>,
  applied: (AppliedImport & { readonly refused: string | undefined }) | undefined,
) {
  return {
    ...{ file, list, format: mapping.format.name },
    columns: mapping.columns.map(({ from, to }) => ({ from, to })),
    added: draft.added,
    samples: draft.samples,
    counts: { ...rows.counts(), refused: rows.refusedCount },
    applied: applied !== undefined,
    backup: applied?.backup ?? null,
    refused: applied?.refused ?? null,
    suppressed: applied?.suppressed ?? 0,
  };
}
