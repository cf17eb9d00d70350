import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CborCodec } from 'surrealdb'
import { WebSocket } from 'ws'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy/fault-proxy.js'
import { FAULT_KINDS, randomSchedule } from '../support/fault-proxy/schedule.js'
import { startServer, type TestServer } from '../support/server/server.js'

const codec = new CborCodec({})
const PLACE = { 'surreal-ns': 'test', 'surreal-db': 'test', 'content-type': 'application/cbor' }

let server: TestServer
let proxy: FaultProxy
let direct: RawClient
const clients: RawClient[] = []

/** A websocket and nothing else: no reconnect, no retry. */
class RawClient {
  readonly closed: Promise<unknown>
  #count = 0

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.once('close', () => resolve('closed')))
    socket.on('error', () => {}).setMaxListeners(0)
    clients.push(this)
  }

  static async open(url: string): Promise<RawClient> {
    const client = new RawClient(new WebSocket(url, 'cbor'))
    const isOpen = once(client.socket, 'open').then(() => true)
    if (!(await Promise.race([isOpen, client.closed.then(() => false)]))) throw new Error('closed')
    await client.send('use', ['test', 'test'])
    return client
  }

  /** The result; or `closed` where the socket closes before. */
  async send(method: string, params: readonly unknown[] = []): Promise<unknown> {
    const id = `raw-${++this.#count}`
    const reply = new Promise((resolve) => {
      const listen = (data: Buffer) => {
        const message = codec.decode<{ id?: string; result?: unknown; error?: unknown }>(new Uint8Array(data))
        if (message.id !== id) return
        this.socket.off('message', listen)
        resolve(message.result ?? message.error)
      }
      this.socket.on('message', listen)
    })
    this.socket.send(codec.encode({ id, method, params }))
    return Promise.race([reply, this.closed])
  }

  async query(text: string, bindings: object = {}): Promise<unknown> {
    const results = await this.send('query', [text, bindings])
    return Array.isArray(results) ? results.map(({ result }) => result) : results
  }
}

/** The result over http; or `closed`. */
async function post(url: string, text: string): Promise<unknown> {
  const body = codec.encode({ id: '1', method: 'query', params: [text] }) as BodyInit
  try {
    const response = await fetch(url, { method: 'POST', headers: PLACE, body })
    const { result } = codec.decode<{ result: { result: unknown }[] }>(new Uint8Array(await response.arrayBuffer()))
    return result.map((each) => each.result)
  } catch {
    return 'closed'
  }
}

/** How many rows a table has, asked past the proxy. */
async function rows(table: string): Promise<unknown> {
  return ((await direct.query(`RETURN count(SELECT * FROM ${table})`)) as unknown[])[0]
}

const after = (milliseconds: number, value: unknown = 'silence') =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, value))

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await after(10)
}

beforeAll(async () => {
  server = await startServer()
  proxy = await startFaultProxy(server.port)
})
beforeEach(async () => {
  direct = await RawClient.open(server.wsUrl)
  await direct.query('REMOVE TABLE IF EXISTS row; DEFINE TABLE row')
})
afterEach(async () => {
  await proxy.cut()
  await proxy.reset()
  await proxy.retarget(server.port)
  for (const { socket } of clients.splice(0)) socket.terminate()
})
afterAll(async () => {
  await proxy.stop()
  await server.stop()
})

describe('a proxy without a fault', () => {
  it('passes websocket messages of every size, and counts them', async () => {
    const client = await RawClient.open(proxy.wsUrl)
    for (const length of [1, 120, 130, 60_000, 70_000, 5_000_000]) {
      const text = 'x'.repeat(length)
      expect(await client.query('RETURN $text', { text })).toEqual([text])
    }
    expect(await proxy.counters()).toEqual({
      connections: 1,
      mostConnections: 1,
      mostUnderWay: 1,
      requests: 7,
      repliesPassed: 7,
      repliesDropped: 0,
      notificationsPassed: 0,
    })
    client.socket.close()
    await client.closed
    await eventually(async () => (await proxy.counters()).connections === 0)
  })

  it('passes messages in fragments and in single bytes, and does not count control frames', async () => {
    const client = await RawClient.open(proxy.wsUrl)
    const pong = once(client.socket, 'pong')
    client.socket.ping('are you there')
    expect(String((await pong)[0])).toBe('are you there')
    const request = Buffer.from(codec.encode({ id: 'fragments', method: 'query', params: ['RETURN 1'] }))
    const reply = once(client.socket, 'message')
    client.socket.send(request.subarray(0, 10), { fin: false })
    client.socket.ping()
    client.socket.send(request.subarray(10), { fin: true })
    expect(codec.decode(new Uint8Array((await reply)[0]))).toMatchObject({ id: 'fragments' })

    const raw = Reflect.get(client.socket, '_socket') as { write(bytes: Buffer): boolean }
    const write = raw.write.bind(raw)
    const bytes: number[] = []
    raw.write = (chunk) => bytes.push(...chunk) > 0
    const slow = client.query('RETURN 2')
    for (const byte of bytes) {
      write(Buffer.from([byte]))
      await after(1)
    }
    expect(await slow).toEqual([2])
    expect(await proxy.counters()).toMatchObject({ requests: 3, repliesPassed: 3 })
  })

  it('passes http requests, several on one connection', async () => {
    for (let number = 0; number < 5; number++) expect(await post(proxy.httpUrl, `RETURN ${number}`)).toEqual([number])
    expect((await fetch(proxy.httpUrl.replace('/rpc', '/health'), { method: 'HEAD' })).status).toBe(404)
    expect((await fetch(proxy.httpUrl.replace('/rpc', '/health'))).status).toBe(200)
    expect(await proxy.counters()).toMatchObject({ connections: 1, requests: 7, repliesPassed: 7 })
  })

  it('passes bodies in chunks, bodies that end with the connection, and refused upgrades', async () => {
    const target = createServer((request, response) => {
      if (request.headers.upgrade) return void response.writeHead(426).end('no')
      if (request.url === '/end') response.useChunkedEncodingByDefault = false
      request.pipe(response.writeHead(200))
    }).listen(0, '127.0.0.1')
    await once(target, 'listening')
    await proxy.retarget((target.address() as AddressInfo).port)
    for (const name of ['/chunks', '/end']) {
      const closing = new ReadableStream<Uint8Array>({
        start(all) {
          for (const part of ['one, ', 'two']) all.enqueue(new TextEncoder().encode(part))
          all.close()
        },
      })
      const request = { method: 'POST', body: closing, duplex: 'half' }
      expect(await (await fetch(proxy.httpUrl.replace('/rpc', name), request as RequestInit)).text()).toBe('one, two')
    }
    await expect(RawClient.open(proxy.wsUrl)).rejects.toThrow('closed')
    target.close()
    target.closeAllConnections()
  })

  it('passes notifications, which answer nothing', async () => {
    const client = await RawClient.open(proxy.wsUrl)
    await client.query('LIVE SELECT * FROM row')
    const heard = once(client.socket, 'message')
    await direct.query('CREATE row')
    await heard
    expect(await proxy.counters()).toMatchObject({ repliesPassed: 2, notificationsPassed: 1 })
  })
})

describe('cut', () => {
  it('breaks every connection, and lets new ones in', async () => {
    const both = [await RawClient.open(proxy.wsUrl), await RawClient.open(proxy.wsUrl)]
    const slow = both[0]!.query('SLEEP 10s')
    await proxy.cut()
    expect(await slow).toBe('closed')
    expect(await both[1]!.closed).toBe('closed')
    expect(await (await RawClient.open(proxy.wsUrl)).query('RETURN 1')).toEqual([1])
  })

  it('comes after so many requests', async () => {
    const client = await RawClient.open(proxy.wsUrl)
    await proxy.cutAfter({ direction: 'to-server', requests: 2 })
    await client.query('CREATE row')
    expect(await client.query('CREATE row')).toBe('closed')
    // the second one was passed on, and the server may see the end of the connection before it reads it
    expect([1, 2]).toContain(await rows('row'))
    const other = await RawClient.open(proxy.wsUrl)
    await proxy.cutAfter({ direction: 'to-client', requests: 2 })
    expect(await other.query('RETURN 1')).toEqual([1])
    expect(await other.query('RETURN 2')).toEqual([2])
    expect(await other.closed).toBe('closed')
  })

  it('comes after so many bytes', async () => {
    const client = await RawClient.open(proxy.wsUrl)
    await proxy.cutAfter({ direction: 'to-server', bytes: 20 })
    expect(await client.query('CREATE row')).toBe('closed')
    expect(await rows('row')).toBe(0)
    const other = await RawClient.open(proxy.wsUrl)
    await proxy.cutAfter({ direction: 'to-client', bytes: 1_000 })
    expect(await other.query('CREATE row; RETURN string::repeat("x", 2000)')).toBe('closed')
    expect(await rows('row')).toBe(1)
  })
})

it('freezes, and the socket stays open', async () => {
  const client = await RawClient.open(proxy.wsUrl)
  await proxy.freeze()
  const reply = client.query('CREATE row')
  expect(await Promise.race([reply, after(200)])).toBe('silence')
  expect([client.socket.readyState, await rows('row')]).toEqual([WebSocket.OPEN, 0])
  const late = RawClient.open(proxy.wsUrl)
  expect(await Promise.race([late, after(100)])).toBe('silence')
  await proxy.thaw()
  expect(await reply).toHaveLength(1)
  expect(await (await late).query('RETURN 1')).toEqual([1])
})

it('keeps a frozen client from learning that its server has gone', async () => {
  const mortal = await startServer()
  await proxy.retarget(mortal.port)
  const client = await RawClient.open(proxy.wsUrl)
  await proxy.freeze()
  await mortal.stop()
  expect(await Promise.race([client.closed, after(200)])).toBe('silence')
  await proxy.thaw()
  expect(await client.closed).toBe('closed')
})

it('delays each way', async () => {
  const client = await RawClient.open(proxy.wsUrl)
  await proxy.delay(100, 50)
  const started = performance.now()
  const numbers = Array.from({ length: 20 }, (_, number) => number)
  const replies = await Promise.all(numbers.map((number) => client.query(`RETURN ${number}`)))
  expect(performance.now() - started).toBeGreaterThan(195)
  expect(replies).toEqual(numbers.map((number) => [number]))
})

it.each(['ws', 'http'])('drops the reply to a request that was executed (%s)', async (kind) => {
  const client = kind === 'ws' ? await RawClient.open(proxy.wsUrl) : undefined
  const ask = (text: string) => client?.query(text) ?? post(proxy.httpUrl, text)
  await proxy.dropReply()
  expect(await ask('CREATE row; SLEEP 50ms')).toBe('closed')
  expect(await rows('row')).toBe(1)
  expect(await proxy.counters()).toMatchObject({ repliesDropped: 1, connections: 0 })
})

it('passes what else the server says before the reply that it drops', async () => {
  const client = await RawClient.open(proxy.wsUrl)
  await client.query('LIVE SELECT * FROM row')
  const slow = client.query('SLEEP 50ms; RETURN 1')
  await eventually(async () => (await proxy.counters()).requests === 3)
  await proxy.dropReply()
  await proxy.dropReply()
  const heard = once(client.socket, 'message')
  const dropped = client.query('CREATE row; SLEEP 200ms; CREATE row')
  await heard
  expect([await slow, await dropped]).toEqual([[undefined, 1], 'closed'])
  expect(await rows('row')).toBe(2)
  // the second one is still armed
  const other = await startOther()
  expect(other).toBe('closed')
})

/** The first request of a new connection. */
async function startOther(): Promise<unknown> {
  const socket = new WebSocket(proxy.wsUrl, 'cbor')
  socket.on('error', () => {})
  await once(socket, 'open')
  socket.send(codec.encode({ id: '1', method: 'ping' }))
  return Promise.race([once(socket, 'message'), once(socket, 'close').then(() => 'closed')])
}

it.each(['ws', 'http'])('passes a part of a message (%s)', async (kind) => {
  const client = kind === 'ws' ? await RawClient.open(proxy.wsUrl) : undefined
  const ask = (text: string) => client?.query(text) ?? post(proxy.httpUrl, text)
  await proxy.truncate()
  expect(await ask('CREATE row; RETURN "a longer text"')).toBe('closed')
  expect(await rows('row')).toBe(1)
})

it('refuses new connections, and keeps the old ones', async () => {
  const client = await RawClient.open(proxy.wsUrl)
  await proxy.refuse(true)
  await expect(RawClient.open(proxy.wsUrl)).rejects.toThrow('closed')
  expect(await post(proxy.httpUrl, 'RETURN 1')).toBe('closed')
  expect(await client.query('RETURN 1')).toEqual([1])
  await proxy.refuse(false)
  expect(await post(proxy.httpUrl, 'RETURN 1')).toEqual([1])
})

it('swallows new connections', async () => {
  await proxy.blackHole(true)
  const swallowed = post(proxy.httpUrl, 'RETURN 1')
  expect(await Promise.race([swallowed, after(200)])).toBe('silence')
  await proxy.blackHole(false)
  expect(await Promise.race([swallowed, after(100)])).toBe('silence')
  await proxy.cut()
  expect(await swallowed).toBe('closed')
  expect(await post(proxy.httpUrl, 'RETURN 1')).toEqual([1])
})

it('can be pointed at another server', async () => {
  const other = await startServer()
  const client = await RawClient.open(proxy.wsUrl)
  await proxy.retarget(other.port)
  await post(proxy.httpUrl, 'CREATE row')
  expect([await rows('row'), await client.query('RETURN 1')]).toEqual([0, [1]])
  await other.stop()
  await expect(RawClient.open(proxy.wsUrl)).rejects.toThrow('closed')
})

it('works while the thread of the test is blocked', async () => {
  await proxy.delay(10)
  const client = await RawClient.open(proxy.wsUrl)
  const reply = client.query('RETURN 1')
  await proxy.cutAfter({ direction: 'to-client', requests: 1 })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  const counted = proxy.counters()
  expect(await reply).toEqual([1])
  expect(await counted).toMatchObject({ connections: 0, repliesPassed: 2 })
})

describe('a schedule', () => {
  it('is the same for the same seed', () => {
    expect(randomSchedule(7, 200)).toEqual(randomSchedule(7, 200))
    expect(randomSchedule(7, 200)).not.toEqual(randomSchedule(8, 200))
    expect(new Set(randomSchedule(7, 200).map(({ fault }) => fault.kind)).size).toBe(FAULT_KINDS.length)
    expect(randomSchedule(7, 20, ['drop-reply']).every(({ fault }) => fault.kind === 'drop-reply')).toBe(true)
  })

  it('does to each request what it says', async () => {
    await proxy.playSchedule([
      { atRequest: 2, fault: { kind: 'cut-before' } },
      { atRequest: 4, fault: { kind: 'cut-after' } },
      { atRequest: 5, fault: { kind: 'drop-reply' } },
      { atRequest: 7, fault: { kind: 'truncate-reply', bytes: 1 } },
      { atRequest: 8, fault: { kind: 'delay', milliseconds: 100 } },
      { atRequest: 9, fault: { kind: 'freeze', milliseconds: 100 } },
      { atRequest: 10, fault: { kind: 'cut-all' } },
      { atRequest: 11, fault: { kind: 'outage', milliseconds: 200 } },
    ])
    const outcomes: unknown[] = []
    const lasted: number[] = []
    for (let number = 1; number <= 11; number++) {
      const started = performance.now()
      outcomes.push(await post(proxy.httpUrl, `CREATE row:${number}; RETURN ${number}`))
      lasted.push(performance.now() - started)
    }
    expect(outcomes.map((each) => (each === 'closed' ? each : 'passed'))).toEqual([
      'passed',
      'closed',
      'passed',
      'closed',
      'closed',
      'passed',
      'closed',
      'passed',
      'passed',
      'closed',
      'closed',
    ])
    expect(Math.min(lasted[7]!, lasted[8]!)).toBeGreaterThan(95)
    expect(await post(proxy.httpUrl, 'RETURN 1')).toBe('closed')
    await after(250)
    expect(await post(proxy.httpUrl, 'RETURN 1')).toEqual([1])
    // neither what was cut before it reached the server
    expect(await rows('row')).toBe(8)
  })

  it('runs the same twice', async () => {
    const run = async () => {
      await direct.query('DELETE row')
      await proxy.reset()
      await proxy.playSchedule(randomSchedule(42, 10, ['cut-before', 'drop-reply', 'truncate-reply']))
      const outcomes: unknown[] = []
      for (let number = 0; number < 50; number++) outcomes.push(await post(proxy.httpUrl, 'CREATE row RETURN NONE'))
      return [outcomes, await rows('row')]
    }
    const first = await run()
    expect(await run()).toEqual(first)
    expect(first[0]).toContain('closed')
  })

  it('is forgotten by a reset', async () => {
    await proxy.playSchedule([{ atRequest: 1, fault: { kind: 'cut-before' } }])
    await proxy.faultNext({ kind: 'cut-before' })
    await proxy.reset()
    expect(await post(proxy.httpUrl, 'RETURN 1')).toEqual([1])
    expect(await post(proxy.httpUrl, 'RETURN 1')).toEqual([1])
  })
})

it('says that its port is taken', async () => {
  await expect(startFaultProxy(server.port, { port: proxy.port })).rejects.toThrow('EADDRINUSE')
})
