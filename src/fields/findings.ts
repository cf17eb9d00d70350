import type { ValidationIssue } from '../errors.js'
import type { Verdict } from './field-options.js'

/** A path to a value inside a document, for messages. */
export type ValuePath = readonly (string | number)[]

/** A verdict that is still to come. */
export interface PendingVerdict {
  readonly path: ValuePath
  readonly verdict: PromiseLike<Verdict>
}

/** What a validation finds: everything that is wrong, and the verdicts that are still to come. */
export class Findings {
  readonly issues: ValidationIssue[] = []
  readonly pending: PendingVerdict[] = []

  add(path: ValuePath, code: string, message: string): void {
    this.issues.push({ path, code, message })
  }

  /** Takes what a validator said. */
  take(path: ValuePath, verdict: Verdict | PromiseLike<Verdict>): void {
    if (isPromiseLike(verdict)) this.#await(path, verdict)
    else if (typeof verdict === 'string') this.add(path, 'custom', verdict)
    else if (verdict === false) this.add(path, 'custom', 'is not valid')
  }

  #await(path: ValuePath, verdict: PromiseLike<Verdict>): void {
    this.pending.push({ path, verdict })
    // whoever settles the findings hears of it; until then nobody does
    verdict.then(undefined, () => {})
  }
}

function isPromiseLike(value: Verdict | PromiseLike<Verdict>): value is PromiseLike<Verdict> {
  return typeof value === 'object' && value !== null
}
