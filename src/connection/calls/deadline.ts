/** A moment by which something has to be done, on a clock that nobody can set. */
export class Deadline {
  readonly #end: number

  constructor(milliseconds: number) {
    this.#end = performance.now() + milliseconds
  }

  /** Milliseconds, at least 1, so that it can be given to what takes a timeout. */
  get left(): number {
    return Math.max(1, this.#end - performance.now())
  }

  get isOver(): boolean {
    return performance.now() >= this.#end
  }
}
