const FIRST = 250
const LONGEST = 30_000

/** The pause between two tries of something that fails: each is twice the one before, until `reset`. */
export class GrowingPause {
  #failures = 0
  #timer: NodeJS.Timeout | undefined

  get isRunning(): boolean {
    return this.#timer !== undefined
  }

  /** Several failures of one try make one pause. */
  start(over: () => void): void {
    if (this.#timer) return
    const longest = Math.min(LONGEST, FIRST * 2 ** this.#failures)
    this.#failures += 1
    // spread, so that many who failed together do not come back together
    const pause = longest * (0.5 + Math.random() / 2)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      over()
    }, pause).unref()
  }

  reset(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#failures = 0
  }
}
