import type { LinkFailure, LinkReply, TransferRequest } from '../../link.js'
import { settlesWithin } from '../deadline.js'
import type { Transfer } from '../transfer/transfer.js'
import { failed, type Call, type Channel } from './channel.js'
import type { Gate } from './gates.js'
import type { Place } from './turns.js'

/** A channel on which some calls wait until they may run. */
export class GatedChannel implements Channel {
  readonly #inner: Channel
  readonly #gate: Gate
  readonly #calls = new Set<Promise<LinkReply>>()
  /** Those in line, by the id of their call. */
  readonly #waiting = new Map<string, Place>()
  #isClosing = false

  constructor(inner: Channel, gate: Gate) {
    this.#inner = inner
    this.#gate = gate
  }

  get isOpen(): boolean {
    return !this.#isClosing && this.#inner.isOpen
  }

  execute(call: Call): Promise<LinkReply> {
    if (this.#isClosing) return Promise.resolve(failed('closed', 'the channel was closed'))
    const role = this.#gate.roleOf(call)
    if (role === 'free') return this.#inner.execute(call)
    const reply = this.#inTurn(call, role === 'alone').finally(() => this.#calls.delete(reply))
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
    if (waiting) waiting.giveUp()
    else this.#inner.forget(id)
  }

  async close(timeout: number): Promise<LinkFailure | undefined> {
    this.#isClosing = true
    const end = performance.now() + timeout
    // those in line are calls under way too
    if (this.#waiting.size > 0) await settlesWithin(Promise.all([...this.#calls]), timeout)
    return this.#inner.close(Math.max(0, end - performance.now()))
  }

  async #inTurn(call: Call, isAlone: boolean): Promise<LinkReply> {
    const place = this.#gate.turns.enter(isAlone)
    if (place && !(await this.#turnOf(call.id, place))) return failed('timeout', 'nobody waits for the reply any more')
    try {
      return await this.#inner.execute(call)
    } finally {
      this.#gate.turns.leave()
    }
  }

  async #turnOf(id: string, place: Place): Promise<boolean> {
    this.#waiting.set(id, place)
    const isItsTurn = await place.turn
    this.#waiting.delete(id)
    return isItsTurn
  }
}
