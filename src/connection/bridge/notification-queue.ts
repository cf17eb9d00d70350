/**
 * Hands out notifications in order, one per macrotask: whatever a listener starts with `await` goes on before the next
 * one comes.
 */
export class NotificationQueue {
  readonly #waiting: (() => void)[] = []

  push(deliver: () => void): void {
    this.#waiting.push(deliver)
    if (this.#waiting.length === 1) setImmediate(() => this.#next())
  }

  #next(): void {
    const deliver = this.#waiting[0]
    try {
      deliver?.()
    } finally {
      this.#waiting.shift()
      if (this.#waiting.length > 0) setImmediate(() => this.#next())
    }
  }
}
