type Listener = (revision: number) => void;

/** Notifies all open pages of changes. */
export class Changes {
  private readonly listeners = new Set<Listener>();

  /** @returns a function that stops listening. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(revision: number): void {
    for (const listener of this.listeners) listener(revision);
  }
}
