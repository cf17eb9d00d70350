import type { LinkFailure } from '../../link.js'
import { LONGEST_TIMER } from '../deadline.js'
import { ABORTED } from './pool-failures.js'

export interface Wait {
  /** Milliseconds. */
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}

interface Place<Found> {
  readonly timer: NodeJS.Timeout
  readonly signal: AbortSignal | undefined
  readonly giveUp: () => void
  readonly resolve: (outcome: Found | LinkFailure) => void
}

/** Those who wait, first come first served; each may leave before its turn. */
export class WaitingLine<Found> {
  /** Keeps the order of arrival, and lets go of one in the middle without a search. */
  readonly #places = new Set<Place<Found>>()
  readonly #whyTooLate: (timeout: number) => LinkFailure
  readonly #left: () => void

  /** `left` is told of those who left by themselves. */
  constructor(whyTooLate: (timeout: number) => LinkFailure, left: () => void) {
    this.#whyTooLate = whyTooLate
    this.#left = left
  }

  get length(): number {
    return this.#places.size
  }

  join({ timeout, signal }: Wait): Promise<Found | LinkFailure> {
    return new Promise((resolve) => {
      const leave = (failure: LinkFailure) => {
        this.#settle(place, failure)
        this.#left()
      }
      const giveUp = () => leave(ABORTED)
      const timer = setTimeout(() => leave(this.#whyTooLate(timeout)), Math.min(timeout, LONGEST_TIMER))
      const place: Place<Found> = { timer, signal, giveUp, resolve }
      signal?.addEventListener('abort', giveUp)
      this.#places.add(place)
    })
  }

  /** The outcome goes to whoever waits longest. */
  settleFirst(outcome: Found | LinkFailure): void {
    const [first] = this.#places
    if (first) this.#settle(first, outcome)
  }

  refuseAll(failure: LinkFailure): void {
    for (const place of [...this.#places]) this.#settle(place, failure)
  }

  #settle(place: Place<Found>, outcome: Found | LinkFailure): void {
    this.#places.delete(place)
    clearTimeout(place.timer)
    place.signal?.removeEventListener('abort', place.giveUp)
    place.resolve(outcome)
  }
}
