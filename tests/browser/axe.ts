import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Runs axe on a page.
 * @param off names of rules that do not hold for it
 * @returns what it objects to, and the rules that it found kept
 */
export async function audit(
  page: Page,
  off: readonly string[] = [],
): Promise<{ violations: string[]; passes: string[] }> {
  await page.addScriptTag({ path: AXE });
  const { violations, passes } = await page.evaluate(
    ([tags, rules]) =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values: tags },
        rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])),
      }),
    [TAGS, off] as const,
  );
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  return { violations: found, passes: passes.map(({ id }) => id) };
}
