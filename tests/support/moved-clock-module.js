// Lets a process begin at OBN_TEST_NOW instead of now: `--import` of this file moves the time of day, and nothing else.
const started = Date.now();
const offset = Date.parse(process.env.OBN_TEST_NOW ?? '') - started;
if (Number.isNaN(offset)) throw new Error('OBN_TEST_NOW is no time');

const RealDate = Date;
class MovedDate extends RealDate {
  /** @param {...any} values */
  constructor(...values) {
    if (values.length === 0) super(RealDate.now() + offset);
    else super(.../** @type {[any]} */ (values));
  }

  /** @override */
  static now() {
    return RealDate.now() + offset;
  }
}
globalThis.Date = /** @type {any} */ (MovedDate);
