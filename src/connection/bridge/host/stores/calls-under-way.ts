/** Calls that have not ended yet. */
export class CallsUnderWay {
  readonly #calls = new Set<Promise<unknown>>()

  /** The call itself, counted until it ends. */
  async add<Result>(call: Promise<Result>): Promise<Result> {
    this.#calls.add(call)
    try {
      return await call
    } finally {
      this.#calls.delete(call)
    }
  }

  /** Resolves when all that are under way now have ended. */
  async ended(): Promise<void> {
    await Promise.allSettled([...this.#calls])
  }
}
