import type { Backoff, LinkFailure } from '../../link.js'
import { openFailure, OpenFailed } from '../channels/channel.js'

interface Node {
  readonly url: string
  failures: number
  /** When it deserves another try, on the clock of `performance.now()`. */
  dueAt: number
}

const FIRST_REST = 250
const LONGEST_REST = 30_000

/**
 * The nodes of one database. Connections are spread over them in turn; a node that failed rests for a while, longer each
 * time, and is tried before that only when no other one works.
 */
export class Nodes {
  readonly #nodes: readonly Node[]
  #turn: number

  constructor(urls: readonly string[]) {
    this.#nodes = urls.map((url) => ({ url, failures: 0, dueAt: 0 }))
    // so that many processes do not all begin with the first one
    this.#turn = Math.floor(Math.random() * urls.length)
  }

  /** The result of `attempt` for the first node it succeeds with; the last failure when there is none. */
  async connect<Result>(attempt: (url: string, timeout: number) => Promise<Result>, timeout: number): Promise<Result> {
    const end = performance.now() + timeout
    let last: LinkFailure = { reason: 'open-failed', message: 'there was no time to try any node' }
    const nodes = this.inOrder()
    for (const [index, url] of nodes.entries()) {
      const left = end - performance.now()
      if (left <= 0) break
      try {
        const result = await attempt(url, left / (nodes.length - index))
        this.worked(url)
        return result
      } catch (error) {
        this.failed(url)
        last = openFailure(error)
      }
    }
    throw new OpenFailed(last)
  }

  /** Those that may work first, each in its turn; then those that rest, the most rested first. */
  inOrder(): readonly string[] {
    const turn = this.#turn++ % this.#nodes.length
    const nodes = [...this.#nodes.slice(turn), ...this.#nodes.slice(0, turn)]
    const now = performance.now()
    const rested = nodes.filter(({ dueAt }) => dueAt <= now)
    const resting = nodes.filter(({ dueAt }) => dueAt > now).sort((left, right) => left.dueAt - right.dueAt)
    return [...rested, ...resting].map(({ url }) => url)
  }

  failed(url: string): void {
    const node = this.#find(url)
    if (!node) return
    const rest = Math.min(LONGEST_REST, FIRST_REST * 2 ** node.failures++)
    node.dueAt = performance.now() + rest * (0.5 + Math.random() / 2)
  }

  worked(url: string): void {
    const node = this.#find(url)
    if (node) Object.assign(node, { failures: 0, dueAt: 0 })
  }

  #find(url: string): Node | undefined {
    return this.#nodes.find((node) => node.url === url)
  }
}

/** The options of p-retry for a back-off. */
export function retryOptions({ initialDelay, backoff, maxDelay, jitter }: Backoff): {
  readonly minTimeout: number
  readonly factor: number
  readonly maxTimeout: number
  readonly randomize: boolean
} {
  return { minTimeout: initialDelay, factor: backoff, maxTimeout: maxDelay, randomize: jitter }
}
