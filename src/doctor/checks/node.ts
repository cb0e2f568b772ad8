import { leastNode, nodeVersion } from '../../platform/version.js';
import { type Examination, failed, type Outcome, passed } from '../examination.js';

export const node: Examination = {
  name: 'node',
  summary: 'the version of Node.js is supported',
  network: false,
  examine: async () => nodeOutcome(),
};

export function nodeOutcome(): Outcome {
  const is = `Node.js ${nodeVersion}`;
  if (atLeast(nodeVersion, leastNode)) return passed(is);
  return failed(
    `${is}, but obn needs ${leastNode} or newer`,
    'install a newer version from https://nodejs.org',
  );
}

function atLeast(version: string, least: string): boolean {
  const numbers = version.split('.').map(Number);
  for (const [index, wanted] of least.split('.').map(Number).entries()) {
    const have = numbers[index] ?? 0;
    if (have !== wanted) return have > wanted;
  }
  return true;
}
