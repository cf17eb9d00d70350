import type { Work } from '../both-modes.js'
import type { CallOutcome, CallWatch } from '../calls/calls.js'
import { checkExportOptions, type CheckedExport, type ExportOptions } from './export-options.js'
import { TransferSource, type TransferParts } from './transfer-source.js'

/** The pieces of one export, as text. Nothing is asked for before the first one. */
export class ExportSource {
  readonly #parts: TransferParts
  readonly #options: CheckedExport
  readonly #source: TransferSource
  readonly #decoder = new TextDecoder()
  #watch: CallWatch | undefined
  #isOver = false

  constructor(parts: TransferParts, options: ExportOptions | undefined) {
    this.#parts = parts
    this.#options = checkExportOptions(options)
    this.#source = new TransferSource(parts, 'export', this.#options.timeout)
  }

  /** Undefined at the end. */
  *next(): Work<string | undefined> {
    if (this.#isOver) return undefined
    try {
      if (!this.#watch) yield* this.#open()
      for (;;) {
        const bytes = yield* this.#source.read()
        const text = this.#decoder.decode(bytes, { stream: bytes !== undefined })
        if (!bytes) this.#end({ value: undefined })
        // a piece may hold no more than a part of a character
        if (text !== '') return text
        if (!bytes) return undefined
      }
    } catch (error) {
      this.#end({ error })
      throw error
    }
  }

  /** Everything that is left. */
  *rest(): Work<string> {
    const pieces: string[] = []
    for (let piece = yield* this.next(); piece !== undefined; piece = yield* this.next()) pieces.push(piece)
    return pieces.join('')
  }

  /** The rest is not wanted. */
  *drop(): Work<void> {
    if (this.#isOver) return
    this.#end({ value: undefined })
    yield* this.#source.drop()
  }

  *#open(): Work<void> {
    const { calls, isEmbedded } = this.#parts
    this.#watch = this.#parts.watch('export')
    const { choice, timeout } = this.#options
    if (isEmbedded) {
      // the engine itself exports for anybody; this is for those who may see everything, as an export from a server is
      const how = timeout === undefined ? {} : { timeout }
      yield* calls.call({ method: 'query', params: ['INFO FOR DB', {}] }, how, { watch: this.#watch })
    }
    yield* this.#source.open(choice && calls.codec.encode(choice), this.#watch)
  }

  #end(outcome: CallOutcome): void {
    this.#isOver = true
    this.#watch?.ended(outcome)
  }
}
