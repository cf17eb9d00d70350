import type { LinkFailure, LinkReply, TransferRequest } from '../../link.js'
import { cborEntry, cborText } from '../cbor-entry.js'
import { failed, type Call, type Channel } from './channel.js'
import { settlesWithin } from '../deadline.js'
import type { Transfer } from '../transfer/transfer.js'

/** The methods that write to the session of their channel. */
const CHANGES_SESSION = new Set([
  ...['use', 'let', 'set', 'unset', 'reset'],
  ...['signin', 'signup', 'authenticate', 'refresh', 'invalidate'],
])

interface Waiting {
  readonly isAlone: boolean
  /** Its turn has come; or it never will, and this is why. */
  readonly go: (failure?: LinkReply) => void
}

/**
 * A channel on which a call that changes the session runs alone, in the order they came. The engine locks its session for
 * such a call, and a query beside it can end up waiting for a lock that waits for the query: both would never end, and
 * neither would any later call.
 */
export class GatedChannel implements Channel {
  readonly #inner: Channel
  readonly #calls = new Set<Promise<LinkReply>>()
  /** In the order they came. */
  readonly #waiting = new Map<string, Waiting>()
  #running = 0
  #isAlone = false
  #isClosing = false

  constructor(inner: Channel) {
    this.#inner = inner
  }

  get isOpen(): boolean {
    return !this.#isClosing && this.#inner.isOpen
  }

  execute(call: Call): Promise<LinkReply> {
    if (this.#isClosing) return Promise.resolve(failed('closed', 'the channel was closed'))
    const reply = this.#inTurn(call).finally(() => this.#calls.delete(reply))
    this.#calls.add(reply)
    return reply
  }

  listen(): void {
    this.#inner.listen()
  }

  export(request: TransferRequest): Promise<Transfer> {
    return this.#inner.export(request)
  }

  forget(id: string): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return this.#inner.forget(id)
    this.#waiting.delete(id)
    waiting.go(failed('timeout', 'nobody waits for the reply any more'))
    this.#next()
  }

  async close(timeout: number): Promise<LinkFailure | undefined> {
    this.#isClosing = true
    const end = performance.now() + timeout
    // those in line are calls under way too
    if (this.#waiting.size > 0) await settlesWithin(Promise.all([...this.#calls]), timeout)
    return this.#inner.close(Math.max(0, end - performance.now()))
  }

  async #inTurn(call: Call): Promise<LinkReply> {
    const isAlone = changesSession(call)
    const turn = this.#enter(call.id, isAlone)
    const failure = turn && (await turn)
    if (failure) return failure
    try {
      return await this.#inner.execute(call)
    } finally {
      this.#running--
      this.#isAlone = false
      this.#next()
    }
  }

  /** Most calls find nobody before them, and lose no time. */
  #enter(id: string, isAlone: boolean): Promise<LinkReply | undefined> | undefined {
    if (this.#waiting.size === 0 && this.#mayRun(isAlone)) {
      this.#begin(isAlone)
      return undefined
    }
    return new Promise((resolve) => {
      this.#waiting.set(id, { isAlone, go: resolve })
    })
  }

  #next(): void {
    for (const [id, { isAlone, go }] of this.#waiting) {
      if (!this.#mayRun(isAlone)) return
      this.#waiting.delete(id)
      this.#begin(isAlone)
      go()
    }
  }

  #mayRun(isAlone: boolean): boolean {
    return isAlone ? this.#running === 0 : !this.#isAlone
  }

  #begin(isAlone: boolean): void {
    this.#running++
    this.#isAlone = isAlone
  }
}

function changesSession({ bytes }: Call): boolean {
  try {
    const method = cborEntry(bytes, 'method')
    return method !== undefined && CHANGES_SESSION.has(cborText(method) ?? '')
  } catch {
    return false
  }
}
