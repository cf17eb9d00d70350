import { SharedParts } from '../shared-parts.js'
import type { Findings, ValuePath } from './findings.js'

/** How many objects and lists may stand inside each other; the database takes about twice as many. */
export const DEEPEST = 100

/**
 * A walk through values that may hold themselves. It goes into no object that it is in already, not too deep, and not without
 * end into the same ones, of which a small value can make more than there is room for; the checks refuse what lies beyond.
 */
export class Descent {
  // a list and no set, which would give each value a hash: few values stand inside each other
  readonly #inside: object[] = []
  readonly #parts = new SharedParts({ unwatched: 10_000, mostCopies: 100_000 })

  constructor(readonly deepest = DEEPEST) {}

  /** What `go` gives; `otherwise` where the walk must not go on. */
  into<Result>(value: object, otherwise: Result, go: () => Result): Result {
    if (this.isIn(value) || this.#inside.length >= this.deepest || !this.#parts.meet(value)) return otherwise
    this.#inside.push(value)
    try {
      return go()
    } finally {
      this.#inside.pop()
      if (this.#inside.length === 0) this.#parts.forget()
    }
  }

  /** Whether too many copies were met to go on. */
  get isUsedUp(): boolean {
    return this.#parts.areTooMany
  }

  /** Whether the walk is inside this value. */
  isIn(value: object): boolean {
    return this.#inside.includes(value)
  }
}

const checking = new Descent()

/** The way into values that are made into what the database stores. */
export const writing = new Descent()

/** A check of what is inside a value. */
export interface InnerCheck {
  readonly path: ValuePath
  readonly findings: Findings
  readonly check: () => void
}

/** Runs a check inside a value, or says why it cannot. */
export function checkInside(value: object, { path, findings, check }: InnerCheck): void {
  if (checking.isIn(value)) return findings.add(path, 'cyclic', 'holds itself; what is stored has an end')
  const isChecked = checking.into(value, false, () => {
    check()
    return true
  })
  if (isChecked) return
  if (!checking.isUsedUp) findings.add(path, 'too_deep', `is more than ${DEEPEST} levels deep`)
  // it is said where it was noticed, and not again in each place where the walk was to go on
  else if (findings.issues.at(-1)?.code !== 'too_large')
    findings.add(
      path,
      'too_large',
      `holds the same parts over and over; what is stored has a copy of them in each place`,
    )
}
