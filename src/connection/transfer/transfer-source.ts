import type { Work } from '../both-modes.js'
import { perform } from '../both-modes.js'
import type { Answer, Link, LinkQuestion, TransferRequest } from '../bridge/link.js'
import type { ResultCache } from '../cache/result-cache.js'
import type { Calls, CallWatch, SentRequest } from '../calls/calls.js'
import { linkError } from '../calls/link-error.js'
import { refusalError } from '../calls/refusal-error.js'
import type { SessionState } from '../session/session-state.js'

/** What a transfer is made of. */
export interface TransferParts {
  readonly link: Link
  readonly calls: Calls
  readonly cache: Pick<ResultCache, 'written'>
  readonly session: SessionState
  /** Who is told of a transfer as a whole. */
  watch(kind: TransferRequest['kind']): CallWatch
  /** The name of the connection. */
  readonly connection: string
  readonly isEmbedded: boolean
  /** Milliseconds for each piece. */
  readonly timeout: number
}

let lastTransfer = 0

/** One transfer with the database, a piece at a time. */
export class TransferSource {
  readonly #parts: TransferParts
  readonly #kind: TransferRequest['kind']
  readonly #transfer = ++lastTransfer
  readonly #timeout: number

  constructor(parts: TransferParts, kind: TransferRequest['kind'], timeout: number | undefined) {
    this.#parts = parts
    this.#kind = kind
    this.#timeout = timeout ?? parts.timeout
  }

  /** Nothing has been exported or imported yet, so this is tried again as every call is. */
  *open(choice: Uint8Array | undefined, watch: CallWatch): Work<void> {
    const { calls, session } = this.#parts
    const ask = ({ timeout }: SentRequest): LinkQuestion => ({
      operation: 'transfer',
      transfer: this.#transfer,
      kind: this.#kind,
      ...session.place,
      choice,
      timeout,
    })
    const how = { timeout: this.#timeout, idempotent: true }
    yield* calls.call({ method: this.#kind, params: [] }, how, { ask, watch })
  }

  *write(bytes: Uint8Array): Work<void> {
    yield* this.#ask({ operation: 'write', transfer: this.#transfer, bytes, timeout: this.#timeout })
  }

  /** The next piece; undefined at the end. */
  *read(): Work<Uint8Array | undefined> {
    const bytes = yield* this.#ask({ operation: 'read', transfer: this.#transfer, timeout: this.#timeout })
    return bytes.length === 0 ? undefined : bytes
  }

  *drop(): Work<void> {
    yield* this.#answer({ operation: 'drop', transfer: this.#transfer, timeout: this.#timeout })
  }

  *#ask(question: LinkQuestion): Work<Uint8Array> {
    const { failure, bytes } = yield* this.#answer(question)
    if (bytes) return bytes
    const lost = failure ?? { reason: 'lost', message: 'the host sent an empty answer' }
    throw (
      refusalError(lost) ??
      linkError(lost, { connection: this.#parts.connection, isRepeatable: this.#kind === 'export' })
    )
  }

  #answer(question: LinkQuestion): Work<Answer> {
    const { link } = this.#parts
    return perform({ async: () => link.ask(question), sync: () => link.askSync(question) })
  }
}
