/**
 * One change of the source that removes a guard.
 * @typedef {object} Mutation
 * @property {string} name what it removes, if a guard has several parts
 * @property {string} file the source file, relative to the project
 * @property {string} find text that the file contains exactly once
 * @property {string} replace what the text becomes
 */

/**
 * A promise that a piece of code keeps, and the tests that must fail without it.
 * @typedef {object} Guard
 * @property {string} why what would happen to a reader without the guard
 * @property {readonly Mutation[]} mutations
 * @property {readonly string[]} tests test files; in each of them at least one assertion must fail
 * @property {boolean} [built] whether the tests run the built program, so that it has to be built again
 */

/**
 * The result of vitest's JSON reporter for one test file.
 * @typedef {object} FileReport
 * @property {string} name the absolute path
 * @property {readonly { fullName: string, status: string, failureMessages?: readonly string[] | null }[]} assertionResults
 * @property {string} [message] why the file could not be run at all
 */

/**
 * The verdict of the tests on a mutation. `caught`: each file has a failed assertion. `survived`: a file has no failed test.
 * `broken`: tests failed, but not by an assertion, so the mutation proves nothing.
 * @typedef {{ verdict: 'caught' | 'survived' | 'broken', detail: string }} Verdict
 */

/**
 * Applies a mutation to the text of its file.
 * @param {string} text
 * @param {Mutation} mutation
 * @returns {string}
 * @throws {Error} if the file does not contain the text to replace exactly once
 */
export function mutate(text, { file, find, replace }) {
  const count = text.split(find).length - 1;
  if (count !== 1)
    throw new Error(`${file} contains the text to replace ${count} times instead of once: ${find}`);
  if (find === replace) throw new Error(`${file}: the mutation changes nothing`);
  return text.replace(find, () => replace);
}

/**
 * Judges a run of the tests on mutated code.
 * @param {readonly FileReport[]} reports one for each test file that ran
 * @param {readonly string[]} tests the test files that must fail
 * @returns {Verdict}
 */
export function judge(reports, tests) {
  const details = [];
  for (const test of tests) {
    const report = reports.find(({ name }) => name.replaceAll('\\', '/').endsWith(`/${test}`));
    if (!report) return { verdict: 'broken', detail: `${test} did not run` };
    const failed = report.assertionResults.filter(({ status }) => status === 'failed');
    const red = failed.find(({ failureMessages }) => failureMessages?.some(isAssertion));
    if (red) details.push(red.fullName.trim());
    else if (failed[0])
      return { verdict: 'broken', detail: failed[0].failureMessages?.[0]?.split('\n')[0] ?? test };
    else if (report.message) return { verdict: 'broken', detail: report.message.split('\n')[0] ?? test };
    else return { verdict: 'survived', detail: `${test} still passes` };
  }
  return { verdict: 'caught', detail: details.join('; ') };
}

/**
 * The beginnings of messages of failed assertions: those of `expect(…)`, of `expect(…).rejects` and `resolves`, and of
 * `expect.poll`. A syntax error, a database error or a time limit is none of them.
 */
const ASSERTION =
  /^AssertionError\b|^Error: promise (?:resolved|rejected) |^Error: expected |Caused by: AssertionError\b/m;

/** @param {string} message */
function isAssertion(message) {
  return ASSERTION.test(message);
}
