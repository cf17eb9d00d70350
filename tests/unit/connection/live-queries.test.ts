import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { CborCodec, Uuid } from 'surrealdb'
import { noExport, type Call, type Channel } from '../../../src/connection/bridge/host/channels/channel.js'
import { LiveQueries } from '../../../src/connection/bridge/host/live/live-queries.js'
import type { LinkReply, LiveItem } from '../../../src/connection/bridge/link.js'

const codec = new CborCodec({})

/** A channel whose database starts live queries under numbers of its own, and is answered by the test where it wants. */
class FakeChannel implements Channel {
  readonly export = noExport
  readonly isOpen = true
  readonly started: Uuid[] = []
  readonly killed: string[] = []
  isListening = false
  /** What happens before the reply. */
  beforeReply: (uuid: Uuid) => unknown = () => {}
  refusal: object | undefined

  async execute({ bytes }: Call): Promise<LinkReply> {
    const { method, params } = codec.decode<{ method: string; params: readonly unknown[] }>(bytes)
    if (method === 'kill') {
      this.killed.push(String(params[0]))
      return reply({ result: undefined })
    }
    if (this.refusal) return reply({ error: this.refusal })
    const uuid = new Uuid(randomUUID())
    this.started.push(uuid)
    await this.beforeReply(uuid)
    return reply({ result: [{ status: 'OK', result: uuid }] })
  }

  listen(): void {
    this.isListening = true
  }
  forget(): void {}
  async close(): Promise<undefined> {}
}

const reply = (content: object): LinkReply => ({ ok: true, bytes: codec.encode({ id: 'x', ...content }) })
const request = (live: number) => ({
  ...{ live, id: `live-${live}`, capacity: 10, overflow: 'error' as const, timeout: 1000 },
  bytes: codec.encode({ id: `live-${live}`, method: 'query', params: ['LIVE SELECT * FROM t'] }),
})
/** As a server wraps it, and as an embedded store sends it. */
const wrapped = (id: Uuid, number: number) => codec.encode({ result: { id, number } })
const bare = (id: Uuid, number: number) => codec.encode({ id, number })
const shown = (items: readonly LiveItem[]): unknown[] =>
  items.map((item) => {
    if (item.kind !== 'notification') return item.kind
    const { number, result } = codec.decode<{ number?: number; result?: { number: number } }>(item.bytes)
    return number ?? result?.number
  })

function newQueries() {
  const passedOn: Uint8Array[] = []
  const queries = new LiveQueries((notification) => passedOn.push(notification))
  const next = async (live: number) => shown(await queries.next(live, 0))
  return { queries, passedOn, next }
}

describe('LiveQueries', () => {
  it('gives each live query its own notifications, and passes on those of others', async () => {
    const { queries, passedOn, next } = newQueries()
    const channel = new FakeChannel()
    await queries.start(request(1), channel)
    await queries.start(request(2), channel)
    expect(channel.isListening).toBe(true)
    const [first, second] = channel.started as [Uuid, Uuid]
    queries.notified(wrapped(first, 1))
    queries.notified(bare(second, 2))
    queries.notified(wrapped(first, 3))
    queries.notified(wrapped(new Uuid(randomUUID()), 4))
    queries.notified(new Uint8Array([1, 2, 3]))
    expect(await next(1)).toEqual([1, 3])
    expect(await next(2)).toEqual([2])
    expect(await next(1)).toEqual([])
    expect(await next(3)).toEqual(['end'])
    expect(passedOn).toHaveLength(2)
  })

  it('keeps what comes before the reply that says whose it is', async () => {
    const { queries, passedOn, next } = newQueries()
    const channel = new FakeChannel()
    const stranger = new Uuid(randomUUID())
    channel.beforeReply = (uuid) => {
      queries.notified(wrapped(uuid, 1))
      queries.notified(wrapped(stranger, 2))
      queries.notified(wrapped(uuid, 3))
    }
    await queries.start(request(1), channel)
    expect(await next(1)).toEqual([1, 3])
    expect(passedOn).toEqual([wrapped(stranger, 2)])
  })

  it('does not know one that was refused', async () => {
    const { queries, next } = newQueries()
    const channel = new FakeChannel()
    channel.refusal = { code: -1, message: 'no such table' }
    expect(await queries.start(request(1), channel)).toMatchObject({ ok: true })
    expect(await next(1)).toEqual(['end'])
  })

  it('brings nothing more after it was killed', async () => {
    const { queries, passedOn, next } = newQueries()
    const channel = new FakeChannel()
    await queries.start(request(1), channel)
    const [uuid] = channel.started as [Uuid]
    queries.notified(wrapped(uuid, 1))
    const waiting = queries.next(1, 60_000)
    expect(shown(await waiting)).toEqual([1])
    const blocked = queries.next(1, 60_000)
    await queries.kill(1, channel, 1000)
    expect(shown(await blocked)).toEqual(['end'])
    queries.notified(wrapped(uuid, 2))
    expect(await next(1)).toEqual(['end'])
    expect(channel.killed).toEqual([String(uuid)])
    expect(passedOn).toHaveLength(1)
    expect(await queries.kill(1, channel, 1000)).toBeUndefined()
  })

  it('starts again on the next channel, and says so', async () => {
    const { queries, passedOn, next } = newQueries()
    const [before, after] = [new FakeChannel(), new FakeChannel()]
    await queries.start(request(1), before)
    queries.notified(wrapped(before.started[0]!, 1))
    after.beforeReply = (uuid) => queries.notified(wrapped(uuid, 2))
    await queries.moveTo(after)
    queries.notified(wrapped(before.started[0]!, 3))
    queries.notified(wrapped(after.started[0]!, 4))
    const items = await next(1)
    expect(items[0]).toBe(1)
    expect(new Set(items)).toEqual(new Set([1, 'resync', 2, 4]))
    expect(passedOn).toHaveLength(1)
  })

  it('ends where the database does not start it again', async () => {
    const { queries } = newQueries()
    await queries.start(request(1), new FakeChannel())
    const after = new FakeChannel()
    after.refusal = { code: -1, message: 'no such table' }
    await queries.moveTo(after)
    const [item] = await queries.next(1, 0)
    expect(item).toMatchObject({ kind: 'end', reply: expect.any(Uint8Array) as unknown })
  })

  it('kills one that nobody wants any more by the time it is started again', async () => {
    const { queries, next } = newQueries()
    await queries.start(request(1), new FakeChannel())
    const after = new FakeChannel()
    after.beforeReply = () => queries.kill(1, after, 1000)
    await queries.moveTo(after)
    expect(after.killed).toEqual([String(after.started[0])])
    queries.notified(wrapped(after.started[0]!, 1))
    expect(await next(1)).toEqual(['end'])
  })

  it('ends all of them with the link', async () => {
    const { queries } = newQueries()
    const channel = new FakeChannel()
    await queries.start(request(1), channel)
    await queries.start(request(2), channel)
    const waiting = [queries.next(1, 60_000), queries.next(2, 60_000)]
    queries.endAll({ reason: 'closed', message: 'closed' })
    for (const items of await Promise.all(waiting))
      expect(items).toEqual([{ kind: 'end', failure: { reason: 'closed', message: 'closed' } }])
  })
})
