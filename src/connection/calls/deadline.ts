/** Of the whole, for one try. */
const LEAST = 0.1

/** A moment by which something has to be done, on a clock that nobody can set. */
export class Deadline {
  readonly #whole: number
  readonly #end: number

  constructor(milliseconds: number) {
    this.#whole = milliseconds
    this.#end = performance.now() + milliseconds
  }

  /** Milliseconds, at least 1, so that it can be given to what takes a timeout. */
  get left(): number {
    return Math.max(1, this.#end - performance.now())
  }

  /** Whether there is time for another try after a pause: one that ends before it has begun would hide why the last failed. */
  hasTimeAfter(pause: number): boolean {
    return this.#end - performance.now() - pause > this.#whole * LEAST
  }

  get isOver(): boolean {
    return performance.now() >= this.#end
  }
}
