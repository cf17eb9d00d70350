import type { ValidationIssue } from '../errors.js'
import type { Verdict } from './field-options.js'

/** A path to a value inside a document, for messages. */
export type ValuePath = readonly (string | number)[]

/** A verdict that is still to come. */
export interface PendingVerdict {
  readonly path: ValuePath
  readonly verdict: PromiseLike<Verdict>
}

/** One thing that a check of a whole document found. */
interface Found {
  readonly path?: string | ValuePath
  readonly message: string
}

/** What a check of a whole document says: nothing when all is well. */
export type WholeVerdict = string | readonly Found[] | null | undefined | void

/** A check of a whole document inside another one, which is for later: it may expect valid fields. */
export interface WholeCheck {
  readonly path: ValuePath
  /** The method, for errors: `Address.hasZip`. */
  readonly what: string
  readonly run: () => WholeVerdict | PromiseLike<WholeVerdict>
}

/** What a validation finds: everything that is wrong, and the verdicts that are still to come. */
export class Findings {
  readonly issues: ValidationIssue[] = []
  readonly pending: PendingVerdict[] = []
  readonly checks: WholeCheck[] = []

  add(path: ValuePath, code: string, message: string): void {
    this.issues.push({ path, code, message })
  }

  /** Takes what a validator said. */
  take(path: ValuePath, verdict: Verdict | PromiseLike<Verdict>): void {
    if (isPromiseLike(verdict)) this.#await(path, verdict)
    else if (typeof verdict === 'string') this.add(path, 'custom', verdict)
    else if (verdict === false) this.add(path, 'custom', 'is not valid')
  }

  /** Takes what a check of a whole document said. */
  takeWhole(at: ValuePath, verdict: WholeVerdict): void {
    if (typeof verdict === 'string') return this.add(at, 'custom', verdict)
    for (const { path = [], message } of verdict ?? []) this.add([...at, ...[path].flat()], 'custom', message)
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
