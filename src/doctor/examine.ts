import { ObnError } from '../findings/error.js';
import { kindOf } from '../transport/table.js';
import { configuration, remedyOf, wordsOf } from './checks/configuration.js';
import { node, nodeOutcome } from './checks/node.js';
import { type Examination, failed, type Outcome, skipped } from './examination.js';
import { type ExaminedNewsletter, type Subject, subjectOf } from './examined-newsletter.js';
import { examinations } from './table.js';

export type Result = Outcome & { readonly name: string };

/** Runs all examinations. Problems of the newsletter become results, never exceptions. */
export async function examine(
  patient: ExaminedNewsletter,
  { offline }: { offline: boolean },
): Promise<Result[]> {
  const subject = subjectOf(patient);
  const relevant = examinations.filter(({ transports }) => isAbout(transports, patient.transport));
  try {
    const results = relevant.map(async (examination) => {
      return { name: examination.name, ...(await outcomeOf(examination, subject, offline)) };
    });
    return await Promise.all(results);
  } finally {
    await subject.close();
  }
}

function isAbout(transports: Examination['transports'], name: string): boolean {
  if (transports === 'live') return kindOf(name)?.live ?? false;
  return transports === undefined || transports.some((one) => one === name);
}

/**
 * Results for an obn.yaml that cannot be read.
 * @param error the error of obn.yaml
 */
export async function examineWithout(error: ObnError): Promise<Result[]> {
  const rest = examinations.filter(({ name, transports }) => transports === undefined && name !== node.name);
  const others = rest.map(({ name }) => ({
    name,
    ...(name === configuration.name
      ? failed(wordsOf(error), remedyOf(error))
      : skipped('fix obn.yaml first')),
  }));
  return [{ name: node.name, ...nodeOutcome() }, ...others];
}

async function outcomeOf(examination: Examination, subject: Subject, offline: boolean): Promise<Outcome> {
  const { network } = examination;
  try {
    const asks = typeof network === 'boolean' ? network : network(subject);
    if (offline && asks) return skipped('--offline');
    return await examination.examine(subject);
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    return failed(wordsOf(error), remedyOf(error));
  }
}
