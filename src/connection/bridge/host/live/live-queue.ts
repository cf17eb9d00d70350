import type { LiveItem, LiveRequest } from '../../link.js'

/** How many items go to the consumer at a time. */
const BATCH = 512

/** The items that wait for the consumer of one live query. */
export class LiveQueue {
  readonly #capacity: number
  readonly #overflow: LiveRequest['overflow']
  #items: LiveItem[] = []
  readonly #takers: (() => void)[] = []
  #end: LiveItem | undefined

  constructor({ capacity, overflow }: Pick<LiveRequest, 'capacity' | 'overflow'>) {
    this.#capacity = capacity
    this.#overflow = overflow
  }

  push(item: LiveItem): void {
    if (this.#end) return
    if (this.#items.length >= this.#capacity && !this.#makeRoom()) return
    this.#items.push(item)
    this.#wake()
  }

  /** Nothing follows; what waits is still handed out, unless it is dropped. */
  end(item: LiveItem, isDropped = false): void {
    if (isDropped) this.#items = []
    this.#end ??= item
    while (this.#takers.length > 0) this.#wake()
  }

  /** Everything there is, up to a batch; waits for the first item if there is none, and gives up after `timeout`. */
  async take(timeout: number): Promise<readonly LiveItem[]> {
    if (this.#items.length === 0 && !this.#end) await this.#wait(timeout)
    if (this.#items.length > 0) return this.#items.splice(0, BATCH)
    return this.#end ? [this.#end] : []
  }

  /** False when the new item is not wanted. */
  #makeRoom(): boolean {
    switch (this.#overflow) {
      case 'error':
        this.end({ kind: 'overflow' })
        return false
      case 'dropOldest':
        // the consumer hears of the gap where it is
        this.#items.splice(0, 2, { kind: 'resync' })
        return true
      case 'dropNewest':
        if (this.#items.at(-1)?.kind !== 'resync') this.#items.push({ kind: 'resync' })
        return false
      default:
        return this.#overflow satisfies never
    }
  }

  #wake(): void {
    this.#takers.shift()?.()
  }

  #wait(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      const taker = (): void => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(
        () => {
          this.#takers.splice(this.#takers.indexOf(taker), 1)
          resolve()
        },
        Math.min(timeout, 2 ** 31 - 1),
      )
      this.#takers.push(taker)
    })
  }
}
