import type {
  Failure,
  FindingsView,
  IssueView,
  NewsletterFacts,
  ReadersView,
  TestResult,
  VariantsView,
} from '../protocol.js';

/** A failure reported by the server. */
export class Refusal extends Error {
  constructor(readonly failure: Failure) {
    super(failure.error);
  }
}

const fact = (name: string) =>
  document.querySelector<HTMLMetaElement>(`meta[name="obn-${name}"]`)?.content ?? '';
const token = fact('token');

/** Revision of the files that the page was rendered for. */
export const revision = Number(fact('revision'));

async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, options);
  if (response.ok) return response;
  const failure = (await response.json().catch(() => undefined)) as Failure | undefined;
  throw new Refusal(failure ?? { error: `the server responded with ${response.status}` });
}

async function json<T>(path: string, options?: RequestInit): Promise<T> {
  return (await ask(path, options)).json() as Promise<T>;
}

const by = (reader: string) => (reader === '' ? '' : `?reader=${encodeURIComponent(reader)}`);

export const server = {
  newsletter: () => json<NewsletterFacts>('/api/newsletter'),
  issue: (number: number, reader: string) => json<IssueView>(`/api/issues/${number}${by(reader)}`),
  findings: (number: number) => json<FindingsView>(`/api/issues/${number}/findings`),
  variants: (number: number) => json<VariantsView>(`/api/issues/${number}/variants`),
  readers: (text: string, signal: AbortSignal) =>
    json<ReadersView>(`/api/readers?q=${encodeURIComponent(text)}`, { signal }),
  source: async (number: number, file: string, reader: string) =>
    (await ask(`/source/${number}/${file}${by(reader)}`)).text(),
  page: async (path: string) => (await ask(path)).text(),
  sendTest: (number: number, address: string) =>
    json<TestResult>(`/api/issues/${number}/test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-obn-token': token },
      body: JSON.stringify({ address }),
    }),
};
