/** Counts recipients as SES does: no more than the rate in any second. Times are in milliseconds. */
export class RateWindow {
  #recent = [];
  #inWindow = 0;
  #accepted = 0;
  #throttled = 0;
  #first;
  #last;

  constructor(rate) {
    this.rate = rate;
  }

  /** @returns how many of the recipients are accepted */
  take(wanted, now) {
    while (this.#recent.length > 0 && this.#recent[0].at <= now - 1000) {
      this.#inWindow -= this.#recent.shift().count;
    }
    const count = Math.min(wanted, this.rate - this.#inWindow);
    this.#throttled += wanted - count;
    if (count === 0) return 0;
    if (this.rate !== Number.POSITIVE_INFINITY) this.#recent.push({ at: now, count });
    this.#inWindow += count;
    this.#accepted += count;
    this.#first ??= { at: now, count };
    this.#last = now;
    return count;
  }

  /** The rate is that of all that came after the first call, from then to the last one. */
  report() {
    if (!this.#first) return { accepted: 0, throttled: this.#throttled, perSecond: 0 };
    const perSecond = (this.#accepted - this.#first.count) / ((this.#last - this.#first.at) / 1000);
    return { accepted: this.#accepted, throttled: this.#throttled, perSecond };
  }
}
