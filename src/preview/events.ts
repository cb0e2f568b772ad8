type Listener = (revision: number) => void;

/** Tells every page that is open of every change. */
export class Changes {
  private readonly listeners = new Set<Listener>();

  /** @returns how to hear no more. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(revision: number): void {
    for (const listener of this.listeners) listener(revision);
  }
}
