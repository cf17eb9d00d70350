import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { noExport, type Call, type Channel } from '../../../src/connection/bridge/host/channels/channel.js'
import { GatedChannel } from '../../../src/connection/bridge/host/channels/gated-channel.js'
import { commitGate, sessionGate } from '../../../src/connection/bridge/host/channels/gates.js'
import { Turns } from '../../../src/connection/bridge/host/channels/turns.js'
import { rpcRequest } from '../../../src/connection/bridge/host/rpc-request.js'
import type { LinkReply } from '../../../src/connection/bridge/link.js'

const CHANGES = ['use', 'let', 'unset', 'signin', 'signup', 'authenticate', 'invalidate', 'set', 'reset', 'refresh']
const OTHERS = ['query', 'ping', 'version', 'begin', 'commit', 'cancel', 'kill', 'attach']
const OK: LinkReply = { ok: true, bytes: new Uint8Array() }

/** A channel whose calls end when a test says so. */
class HandChannel implements Channel {
  readonly export = noExport
  isOpen = true
  readonly running = new Map<string, (reply: LinkReply) => void>()
  readonly started: string[] = []
  readonly forgotten: string[] = []
  isClosed = false

  execute({ id }: Call): Promise<LinkReply> {
    this.started.push(id)
    return new Promise((resolve) => {
      this.running.set(id, resolve)
    })
  }

  async end(id: string): Promise<void> {
    this.running.get(id)!(OK)
    this.running.delete(id)
    await new Promise((resolve) => setImmediate(resolve))
  }

  listen(): void {}

  forget(id: string): void {
    this.forgotten.push(id)
  }

  async close(): Promise<undefined> {
    this.isClosed = true
  }
}

const callOf = (id: string, method: string): Call => {
  const bytes = rpcRequest({ id, method, params: ['signin'] })
  return { id, bytes, timeout: 1_000, headers: undefined, ownSession: false, remember: undefined }
}

const gated = (): { inner: HandChannel; channel: GatedChannel } => {
  const inner = new HandChannel()
  return { inner, channel: new GatedChannel(inner, sessionGate()) }
}

describe('a channel with a gate', () => {
  it('lets calls that leave the session alone run side by side', () => {
    const { inner, channel } = gated()
    for (const method of OTHERS) void channel.execute(callOf(method, method))
    expect(inner.started).toEqual(OTHERS)
  })

  it.each(CHANGES)('lets %s run alone, after those before it and before those behind it', async (method) => {
    const { inner, channel } = gated()
    void channel.execute(callOf('before', 'query'))
    void channel.execute(callOf('change', method))
    void channel.execute(callOf('behind', 'query'))
    expect(inner.started).toEqual(['before'])
    await inner.end('before')
    expect(inner.started).toEqual(['before', 'change'])
    await inner.end('change')
    expect(inner.started).toEqual(['before', 'change', 'behind'])
  })

  it('never lets a change run beside another call, nor a call overtake one, nor forgets any', async () => {
    const calls = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(calls, fc.infiniteStream(fc.nat()), async (areChanges, picks) => {
        const { inner, channel } = gated()
        const isChange = new Map(areChanges.map((each, index) => [String(index), each]))
        for (const [id, each] of isChange) void channel.execute(callOf(id, each ? 'let' : 'query'))
        for (const pick of picks) {
          const running = [...inner.running.keys()]
          if (running.length === 0) break
          if (running.some((id) => isChange.get(id))) expect(running).toHaveLength(1)
          await inner.end(running[pick % running.length]!)
        }
        expect(inner.started).toEqual([...isChange.keys()])
      }),
    )
  })

  it('does not send a call that was forgotten in line, and lets the next one go', async () => {
    const { inner, channel } = gated()
    void channel.execute(callOf('running', 'query'))
    const forgotten = channel.execute(callOf('forgotten', 'let'))
    void channel.execute(callOf('next', 'query'))
    channel.forget('forgotten')
    channel.forget('running')
    expect(await forgotten).toMatchObject({ ok: false, failure: { reason: 'timeout' } })
    expect(inner.started).toEqual(['running', 'next'])
    expect(inner.forgotten).toEqual(['running'])
  })

  it('lets those that may commit run one at a time, on every channel of a store, and nobody else wait', async () => {
    const turns = new Turns()
    const [first, second] = [new HandChannel(), new HandChannel()]
    const [one, two] = [first, second].map((inner) => new GatedChannel(inner, commitGate(turns))) as unknown as [
      Channel,
      Channel,
    ]
    const query = (id: string, text: string, lease?: number): Call => {
      const bytes = rpcRequest({ id, method: 'query', params: [text] })
      return { ...callOf(id, ''), bytes, lease }
    }
    void one.execute(query('update', 'UPDATE t'))
    void two.execute(query('insert', 'INSERT INTO t {}'))
    void one.execute({ ...callOf('commit', 'commit'), lease: 1 })
    void two.execute(query('in a transaction', 'DELETE t', 2))
    // it makes the database that is not there, and is no part of the transaction
    void two.execute({ ...callOf('use', 'use'), lease: 2 })
    void one.execute(query('read', 'SELECT *, updated_at FROM created'))
    void two.execute(callOf('version', 'version'))
    expect([first.started, second.started]).toEqual([
      ['update', 'read'],
      ['in a transaction', 'version'],
    ])
    two.forget('insert')
    await first.end('update')
    expect(first.started).toEqual(['update', 'read', 'commit'])
    expect(second.started).toEqual(['in a transaction', 'version'])
    await first.end('commit')
    expect(second.started).toEqual(['in a transaction', 'version', 'use'])
  })

  it('closes after those in line, and takes no more', async () => {
    const { inner, channel } = gated()
    void channel.execute(callOf('running', 'query'))
    const inLine = channel.execute(callOf('in line', 'let'))
    const closing = channel.close(10_000)
    expect(channel.isOpen).toBe(false)
    expect(await channel.execute(callOf('late', 'query'))).toMatchObject({ failure: { reason: 'closed' } })
    expect(inner.isClosed).toBe(false)
    await inner.end('running')
    await inner.end('in line')
    expect(await inLine).toEqual(OK)
    await closing
    expect(inner.isClosed).toBe(true)
    expect(inner.started).toEqual(['running', 'in line'])
  })
})
