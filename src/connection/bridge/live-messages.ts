import type { LiveMessage } from 'surrealdb'

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * The messages of one live query, for one consumer. (The driver's own ChannelIterator loses every message but the first
 * of those that arrive together.)
 */
export class LiveMessages implements AsyncIterableIterator<LiveMessage> {
  readonly #messages: LiveMessage[] = []
  readonly #readers: ((result: IteratorResult<LiveMessage>) => void)[] = []
  readonly #onEnd: () => void
  #ended = false

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd
  }

  push(message: LiveMessage): void {
    const reader = this.#readers.shift()
    if (reader) reader({ done: false, value: message })
    else this.#messages.push(message)
  }

  /** Ends the iteration after what has arrived already. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#onEnd()
    for (const reader of this.#readers.splice(0)) reader(END)
  }

  next(): Promise<IteratorResult<LiveMessage>> {
    const message = this.#messages.shift()
    if (message) return Promise.resolve({ done: false, value: message })
    if (this.#ended) return Promise.resolve(END)
    return new Promise((resolve) => this.#readers.push(resolve))
  }

  return(): Promise<IteratorResult<LiveMessage>> {
    this.#messages.length = 0
    this.end()
    return Promise.resolve(END)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
