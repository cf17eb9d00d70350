import type { Counters, CutLimit } from './fault-proxy.js'
import type { Flow } from './pipe.js'
import type { Direction, ProxyConnection } from './proxy-connection.js'
import { randomNumbers, type Fault, type ScheduledFault } from './schedule.js'

/** What becomes of one reply. */
export type ReplyFate = Extract<Fault, { readonly kind: 'drop-reply' | 'truncate-reply' }>

const SEED = 1

/** The faults that are armed, and what has been seen: one for all connections of a proxy. */
export class ProxyState implements Flow {
  readonly connections = new Set<ProxyConnection>()
  counters = newCounters()
  isFrozen = false
  isRefusing = false
  isBlackHole = false
  readonly #planned = new Map<number, Fault>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #limit: { direction: Direction; bytes: number; requests: number } | undefined
  #truncation: ReplyFate | undefined
  #delay = { milliseconds: 0, jitter: 0, random: randomNumbers(SEED) }

  constructor(public target: number) {}

  opened(connection: ProxyConnection): void {
    this.connections.add(connection)
    this.counters.mostConnections = Math.max(this.counters.mostConnections, this.connections.size)
  }

  /** Counts a request, and gives the fault that was planned for it. */
  nextFault(): Fault | undefined {
    const number = ++this.counters.requests
    const { mostUnderWay, repliesPassed, repliesDropped } = this.counters
    this.counters.mostUnderWay = Math.max(mostUnderWay, number - repliesPassed - repliesDropped)
    const fault = this.#planned.get(number)
    this.#planned.delete(number)
    return fault
  }

  plan(faults: readonly ScheduledFault[]): void {
    for (const { atRequest, fault } of faults) this.#planned.set(this.counters.requests + atRequest, fault)
  }

  /** Plans a fault for the first request that has none yet. */
  planNext(fault: Fault): void {
    let atRequest = 1
    while (this.#planned.has(this.counters.requests + atRequest)) atRequest++
    this.plan([{ atRequest, fault }])
  }

  cutAll(): void {
    for (const connection of [...this.connections]) connection.cut()
  }

  cutAfter({ direction, bytes = Infinity, requests = Infinity }: CutLimit): void {
    this.#limit = { direction, bytes, requests }
  }

  /** How many of these bytes may pass before the connection breaks; undefined where it does not. */
  allowance(direction: Direction, bytes: number, messages: number): number | undefined {
    const limit = this.#limit
    if (limit?.direction !== direction) return undefined
    limit.requests -= messages
    limit.bytes -= bytes
    if (limit.requests > 0 && limit.bytes > 0) return undefined
    this.#limit = undefined
    return Math.min(bytes, bytes + limit.bytes)
  }

  truncateNext(fate: ReplyFate): void {
    this.#truncation = fate
  }

  takeTruncation(): ReplyFate | undefined {
    const fate = this.#truncation
    this.#truncation = undefined
    return fate
  }

  slowDown(milliseconds: number, jitter: number): void {
    this.#delay = { milliseconds, jitter, random: randomNumbers(SEED) }
  }

  delay(): number {
    const { milliseconds, jitter, random } = this.#delay
    return milliseconds + jitter * random()
  }

  freeze(): void {
    this.isFrozen = true
    for (const connection of this.connections) connection.freeze()
  }

  thaw(): void {
    this.isFrozen = false
    for (const connection of this.connections) connection.thaw()
  }

  freezeFor(milliseconds: number): void {
    this.freeze()
    this.#later(milliseconds, () => this.thaw())
  }

  outage(milliseconds: number): void {
    this.isRefusing = true
    this.cutAll()
    this.#later(milliseconds, () => (this.isRefusing = false))
  }

  /** Forgets every fault and every number; connections stay as they are. */
  reset(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#planned.clear()
    this.#limit = undefined
    this.#truncation = undefined
    this.isRefusing = false
    this.isBlackHole = false
    this.counters = newCounters()
    this.slowDown(0, 0)
    this.thaw()
  }

  report(): Counters {
    return { ...this.counters, connections: this.connections.size }
  }

  #later(milliseconds: number, task: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      task()
    }, milliseconds)
    this.#timers.add(timer)
  }
}

function newCounters() {
  return {
    mostConnections: 0,
    mostUnderWay: 0,
    requests: 0,
    repliesPassed: 0,
    repliesDropped: 0,
    notificationsPassed: 0,
  }
}
