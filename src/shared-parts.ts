/** When a walk begins to watch which parts it meets, and how many it may meet again. */
export interface SharedPartsLimits {
  /** Few values have as many parts: up to here it does not matter which of them are one and the same. */
  readonly unwatched: number
  /** How often a part may be met once more, all parts together. */
  readonly mostCopies: number
}

/**
 * The parts of a value that a walk has met. What is sent, and what is stored, has a copy of a part in each place where it
 * stands: so a small value, whose lists hold the same list over and over, can make more than there is room for.
 */
export class SharedParts {
  readonly #limits: SharedPartsLimits
  readonly #met = new Set<object>()
  #count = 0
  #copies = 0

  constructor(limits: SharedPartsLimits) {
    this.#limits = limits
  }

  /** Whether the walk may go on into one more object or list. */
  meet(part: object): boolean {
    this.#count += 1
    if (this.#count <= this.#limits.unwatched) return true
    if (this.#met.has(part)) this.#copies += 1
    else this.#met.add(part)
    return !this.areTooMany
  }

  /** Whether too many copies were met to go on. */
  get areTooMany(): boolean {
    return this.#copies > this.#limits.mostCopies
  }

  /** The walk is at its end. */
  forget(): void {
    if (this.#count > this.#limits.unwatched) this.#met.clear()
    this.#count = 0
    this.#copies = 0
  }
}
