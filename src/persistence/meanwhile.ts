/** Work that is done while the database works on something else, or else when its result is wanted. */
export class Meanwhile<Result> {
  readonly #work: () => Result
  #outcome: { readonly value: Result } | { readonly error: unknown } | undefined

  constructor(work: () => Result) {
    this.#work = work
  }

  /** Does it, unless that is done, and does not throw: its result, or undefined where there is none. */
  begin(): Result | undefined {
    this.#outcome ??= outcomeOf(this.#work)
    return 'value' in this.#outcome ? this.#outcome.value : undefined
  }

  /** Does it, unless that is done: its result. What it threw is thrown here. */
  finish(): Result {
    this.#outcome ??= outcomeOf(this.#work)
    if ('error' in this.#outcome) throw this.#outcome.error
    return this.#outcome.value
  }
}

function outcomeOf<Result>(work: () => Result): { readonly value: Result } | { readonly error: unknown } {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}
