type Step = 'arrived' | 'answered';

interface Wait {
  readonly step: Step;
  readonly count: number;
  readonly act: () => void;
}

/** What can be seen at the server: whose message has arrived, and whose has been answered, over all processes. */
export class Traffic {
  readonly arrived: string[] = [];
  readonly answered: string[] = [];
  private waits: readonly Wait[] = [];

  note(step: Step, address: string): void {
    this[step].push(address);
    this.look();
  }

  /** Calls back, at once and within the step, when it has happened so many times. */
  when(step: Step, count: number, act: () => void): void {
    this.waits = [...this.waits, { step, count, act }];
    this.look();
  }

  private look(): void {
    const due = this.waits.filter(({ step, count }) => this[step].length >= count);
    if (due.length === 0) return;
    this.waits = this.waits.filter((wait) => !due.includes(wait));
    for (const { act } of due) act();
  }
}
