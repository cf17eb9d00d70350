import type { LinkFailure, LinkReply, LiveItem, LiveRequest } from '../../link.js'
import { cborEntry } from '../cbor-entry.js'
import { failed, type Call, type Channel } from '../channels/channel.js'
import { aheadOf, settlesWithin } from '../deadline.js'
import { LiveQueue } from './live-queue.js'
import { firstUuid, rpcRequest } from '../rpc-request.js'
import { isRefusal } from '../lanes/session.js'

/** One live query: what started it, and what came of it. */
interface LiveQuery {
  /** Its number on this link. */
  readonly live: number
  readonly call: Call
  readonly queue: LiveQueue
  /** Under which the server knows it now; another one after each reconnect. */
  uuid: Buffer | undefined
}

/** Notifications that came before the reply which says whose they are. */
const MOST_EARLY = 100_000

/**
 * The live queries of a line. They outlive the channel they were started on: on its successor each is started again, and its
 * consumer is told that notifications may be missing.
 */
export class LiveQueries {
  readonly #queries = new Map<number, LiveQuery>()
  readonly #byUuid = new Map<string, LiveQuery>()
  readonly #passOn: (notification: Uint8Array) => void
  #starting = 0
  #early: Uint8Array[] = []

  /** @param passOn takes the notifications that belong to no live query of these */
  constructor(passOn: (notification: Uint8Array) => void) {
    this.#passOn = passOn
  }

  async start(request: LiveRequest, channel: Channel): Promise<LinkReply> {
    const { live, id, bytes, timeout } = request
    const call: Call = { id, bytes, timeout, headers: undefined, ownSession: false, remember: undefined }
    const query: LiveQuery = { live, call, queue: new LiveQueue(request), uuid: undefined }
    this.#queries.set(live, query)
    const registered = this.#register(query, channel)
    const isInTime = await settlesWithin(registered, aheadOf(timeout))
    if (!query.uuid) this.#queries.delete(live)
    return isInTime ? registered : failed('timeout', `no answer within ${Math.round(timeout)} ms`)
  }

  /** Waits for items of a live query; none after `timeout`, an end for one that is not known. */
  async next(live: number, timeout: number): Promise<readonly LiveItem[]> {
    return (await this.#queries.get(live)?.queue.take(timeout)) ?? [{ kind: 'end' }]
  }

  /** From here on its consumer gets nothing more. */
  async kill(live: number, channel: Channel | undefined, timeout: number): Promise<LinkReply | undefined> {
    const query = this.#queries.get(live)
    if (!query) return undefined
    this.#queries.delete(live)
    this.#forget(query)
    query.queue.end({ kind: 'end' }, true)
    return query.uuid && channel && killOn(channel, query, timeout)
  }

  /** One notification as the other side sent it. */
  notified(notification: Uint8Array): void {
    const query = this.#byUuid.get(uuidIn(notification))
    if (query) query.queue.push({ kind: 'notification', bytes: notification })
    else if (this.#starting > 0 && this.#early.length < MOST_EARLY) this.#early.push(notification)
    else this.#passOn(notification)
  }

  /** Starts all of them again on the channel that follows a broken one. */
  async moveTo(channel: Channel): Promise<void> {
    await Promise.all([...this.#queries.values()].map((query) => this.#move(query, channel)))
  }

  /** None of them will go on. */
  endAll(failure: LinkFailure | undefined): void {
    for (const { queue } of this.#queries.values()) queue.end({ kind: 'end', failure })
    this.#byUuid.clear()
  }

  async #move(query: LiveQuery, channel: Channel): Promise<void> {
    this.#forget(query)
    query.uuid = undefined
    const reply = await this.#register(query, channel)
    // killed while it was started again
    if (this.#queries.get(query.live) !== query) return
    if (query.uuid) query.queue.push({ kind: 'resync' })
    // without a reply the channel has broken again, and the next one will be tried
    else if (reply.ok) query.queue.end({ kind: 'end', reply: reply.bytes })
  }

  async #register(query: LiveQuery, channel: Channel): Promise<LinkReply> {
    this.#starting++
    try {
      channel.listen()
      const reply = await channel.execute(query.call)
      const uuid = reply.ok && !isRefusal(reply.bytes) ? firstUuid(reply.bytes) : undefined
      // a copy: the bytes of the reply are moved to the caller
      query.uuid = uuid && Buffer.from(uuid)
      if (query.uuid && this.#queries.get(query.live) === query) this.#byUuid.set(keyOf(query.uuid), query)
      // its consumer has given up meanwhile
      else if (query.uuid) void killOn(channel, query, query.call.timeout)
      return reply
    } catch (error) {
      return failed('lost', String(error))
    } finally {
      this.#starting--
      this.#handOutEarly()
    }
  }

  #handOutEarly(): void {
    const early = this.#early
    this.#early = []
    for (const notification of early) this.notified(notification)
  }

  #forget({ uuid }: LiveQuery): void {
    if (uuid) this.#byUuid.delete(keyOf(uuid))
  }
}

function killOn(channel: Channel, { live, uuid }: LiveQuery, timeout: number): Promise<LinkReply> {
  const id = `kill-${live}`
  const bytes = rpcRequest({ id, method: 'kill', params: [uuid!] })
  return channel.execute({ id, bytes, timeout, headers: undefined, ownSession: false, remember: undefined })
}

/** A server wraps a notification as it wraps a result, an embedded store does not. */
function uuidIn(notification: Uint8Array): string {
  try {
    const id = cborEntry(notification, 'id') ?? cborEntry(cborEntry(notification, 'result')!, 'id')
    return id ? keyOf(id) : ''
  } catch {
    return ''
  }
}

function keyOf(uuid: Uint8Array): string {
  return Buffer.from(uuid.buffer, uuid.byteOffset, uuid.byteLength).toString('hex')
}
