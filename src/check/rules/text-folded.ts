import type { IssueRule } from '../rule.js';

export const textFolded: IssueRule = {
  name: 'text/folded',
  severity: 'warning',
  summary:
    'a text of several paragraphs or list items without a vertical bar after its key, which YAML makes into one paragraph',
  remedy: 'put a vertical bar after the key, and indent every line of the text below it equally',
  bad: { issue: 'sections:\n  - type: intro\n    body:\n      Hello.\n\n      Goodbye.\n', at: 'Goodbye.' },
  good: { issue: 'sections:\n  - type: intro\n    body: |\n      Hello.\n\n      Goodbye.\n' },
  *check({ issue: { document } }) {
    for (const { position, key } of document.folds) {
      const message = `YAML joins this line with the one above it, because the text of "${key}" does not begin with |`;
      const hint = `put | after the key, and every line of the text below it, indented alike: ${key}: |`;
      yield { at: position, message, hint };
    }
  },
};
