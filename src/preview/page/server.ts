import type {
  Failure,
  FindingsView,
  IssueView,
  NewsletterFacts,
  ReadersView,
  TestResult,
  VariantsView,
} from '../protocol.js';

/** What the server has refused, in its words. */
export class Refusal extends Error {
  constructor(readonly failure: Failure) {
    super(failure.error);
  }
}

const token = document.querySelector<HTMLMetaElement>('meta[name="obn-token"]')?.content ?? '';

async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, options);
  if (response.ok) return response;
  const failure = (await response.json().catch(() => undefined)) as Failure | undefined;
  throw new Refusal(failure ?? { error: `the server answers ${response.status}` });
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

/** Hears of every change; the browser connects again by itself when the server is away for a while. */
export function listen(on: { change(): void; lost(): void; found(): void }): void {
  const events = new EventSource('/events');
  let away = false;
  events.addEventListener('change', () => on.change());
  events.addEventListener('error', () => {
    away = true;
    on.lost();
  });
  events.addEventListener('hello', () => {
    // A server that was started anew has another token, which stands in its page.
    if (away) location.reload();
    on.found();
  });
}
