import type { DefineSequenceStatement } from '../surrealql/nodes/define-statement.js'
import type { Duration } from '../values.js'
import { DefinedObject } from './defined-object.js'
import { durationText, wholeNumber } from './definition-parts.js'

/** What a sequence can be told. */
export interface SequenceOptions {
  /** How many numbers a node of the server takes at once; those it does not use are skipped. Default: 1000. */
  readonly batch?: number
  /** The first number. Default: 0. */
  readonly start?: number
  /** How long a node waits for its batch. */
  readonly timeout?: string | Duration
}

/**
 * Numbers that the database gives out, none of them twice: ``surql`sequence::nextval('invoice')` ``. From version 3.
 *
 * @example
 * ```ts
 * import { Sequence } from 'surrealengine'
 * const invoices = new Sequence('invoice', { start: 1000, batch: 1 })
 * ```
 * ```surql
 * DEFINE SEQUENCE IF NOT EXISTS `invoice` BATCH 1 START 1000
 * ```
 */
export class Sequence extends DefinedObject {
  readonly #options: SequenceOptions

  constructor(name: string, options: SequenceOptions = {}) {
    super(name, 'A sequence')
    this.#options = options
    this.statement(true)
  }

  /** @internal */
  statement(keep: boolean): DefineSequenceStatement {
    const { batch, start, timeout } = this.#options
    const where = `of the sequence ${this.name}`
    return {
      kind: 'define-sequence',
      name: this.name,
      batch: batch === undefined ? undefined : wholeNumber(batch, `batch ${where}`, 1),
      start: start === undefined ? undefined : wholeNumber(start, `start ${where}`, Number.MIN_SAFE_INTEGER),
      timeout: timeout === undefined ? undefined : durationText(timeout, `The timeout ${where}`),
      keep,
    }
  }
}
