import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CborCodec, RecordId, Surreal, Table, Uuid, type ConnectOptions } from 'surrealdb'
import { WebSocket } from 'ws'
import { until } from '../support/bridge-link.js'
import { freePort } from '../support/server/free-port.js'
import type { Engine } from '../support/server/engine.js'
import { prepareDatabase } from '../support/server/prepare-database.js'
import { RpcClient } from '../support/server/rpc-client.js'
import type { RpcRequest } from '../support/server/rpc-reply.js'
import { startServer, type TestServer } from '../support/server/server.js'
import '../support/uint32-array-of-node.js'
import { newDirectory } from './links.js'

const clients: Surreal[] = []
const servers: TestServer[] = []

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
  await Promise.all(servers.splice(0).map((each) => each.stop()))
})

/** The official driver, connected. */
async function driver(url: string, options: ConnectOptions = {}): Promise<Surreal> {
  const client = new Surreal({ websocketImpl: WebSocket as unknown as typeof globalThis.WebSocket })
  clients.push(client)
  await client.connect(url, { namespace: 'test', database: 'test', reconnect: false, ...options })
  return client
}

async function server(...values: Parameters<typeof startServer>): Promise<TestServer> {
  const started = await startServer(...values)
  servers.push(started)
  return started
}

const route = ({ httpUrl }: TestServer, name: string, request: RequestInit = {}) =>
  fetch(httpUrl.replace('/rpc', name), request)

const ROOT = `Basic ${btoa('root:root')}`
const PLACE = { 'surreal-ns': 'test', 'surreal-db': 'test' }

describe('one server', () => {
  let shared: TestServer

  beforeAll(async () => {
    shared = await startServer()
  })
  afterAll(() => shared.stop())

  it.each(['wsUrl', 'httpUrl'] as const)('answers queries and tells errors (%s)', async (url) => {
    const client = await driver(shared[url])
    expect(await client.query('RETURN [$value, <record>"a:1"]', { value: 1n }).collect()).toEqual([
      [1, new RecordId('a', 1)],
    ])
    await expect(client.query('THROW "no"').collect()).rejects.toThrow('no')
    await expect(client.query('SELEKT 1').collect()).rejects.toThrow('Parse error')
    expect(await client.version()).toEqual({ version: expect.stringMatching(/^surrealdb-3\./) })
    expect(await client.signin({ username: 'root', password: 'root' })).toHaveProperty('access')
    await expect(client.signin({ username: 'root', password: 'wrong' })).rejects.toThrow('authentication')
  })

  it('has the routes that say that it is alive', async () => {
    for (const name of ['/health', '/ready', '/status']) expect((await route(shared, name)).status).toBe(200)
    expect(await (await route(shared, '/version')).text()).toMatch(/^surrealdb-3\./)
    expect((await route(shared, '/nowhere')).status).toBe(404)
  })

  it('answers SQL, and refuses wrong credentials', async () => {
    const ask = (authorization: string) =>
      route(shared, '/sql', { method: 'POST', headers: { ...PLACE, authorization }, body: 'RETURN 1; THROW "no"' })
    expect(await (await ask(ROOT)).json()).toMatchObject([{ status: 'OK', result: 1 }, { status: 'ERR' }])
    expect((await ask(`Basic ${btoa('root:wrong')}`)).status).toBe(401)
    expect((await ask('Bearer wrong')).status).toBe(401)
  })

  it('makes a database that is asked for', async () => {
    await prepareDatabase(shared, 'a space', 'a base')
    const client = await driver(shared.wsUrl)
    const [{ namespaces }] = await client.query<[{ namespaces: object }]>('INFO FOR ROOT').collect()
    expect(Object.keys(namespaces)).toContain('a space')
  })

  it('keeps the sessions of a socket to that socket', async () => {
    const [first, second] = [await driver(shared.wsUrl), await driver(shared.wsUrl)]
    await first.set('mine', 1)
    const fork = await first.forkSession()
    expect(await first.query('RETURN $mine').collect()).toEqual([1])
    expect(await fork.query('RETURN $mine').collect()).toEqual([1])
    expect(await second.query('RETURN $mine').collect()).toEqual([undefined])
    expect(await second.sessions()).toEqual([])
    expect(await first.sessions()).toHaveLength(1)
  })

  it('brings live notifications to the session they are for', async () => {
    const [first, second] = [await driver(shared.wsUrl), await driver(shared.wsUrl)]
    await first.query('DEFINE TABLE seen; DEFINE TABLE other').collect()
    const heard: unknown[][] = [[], []]
    const forked = await first.forkSession()
    for (const [position, session] of [forked, second].entries()) {
      const live = await session.live(new Table(position === 0 ? 'seen' : 'other'))
      live.subscribe(({ value }) => void heard[position]!.push(value))
    }
    await second.query('CREATE seen:1').collect()
    await until(() => heard[0]!.length > 0)
    expect(heard).toEqual([[{ id: new RecordId('seen', 1) }], []])
  })

  it('ends what a socket began when it closes', async () => {
    const [gone, stays] = [await driver(shared.wsUrl), await driver(shared.wsUrl)]
    await stays.query('DEFINE TABLE kept; DEFINE TABLE watched').collect()
    await gone.live(new Table('watched'))
    const done = await gone.beginTransaction()
    await done.query('CREATE kept:1').collect()
    await done.commit()
    const open = await gone.beginTransaction()
    await open.query('CREATE kept:2').collect()
    const lives = async () =>
      Object.keys((await stays.query<[{ lives: object }]>('INFO FOR TABLE watched').collect())[0].lives)
    expect(await lives()).toHaveLength(1)
    await shared.dropConnections()
    const after = await driver(shared.wsUrl)
    await until(() => gone.status === 'disconnected')
    await after.query('CREATE kept:2').collect()
    expect(await after.query('SELECT VALUE id FROM kept').collect()).toEqual([
      [new RecordId('kept', 1), new RecordId('kept', 2)],
    ])
    const [{ lives: left }] = await after.query<[{ lives: object }]>('INFO FOR TABLE watched').collect()
    expect(left).toEqual({})
  })

  it('cancels the transactions that are neither committed nor cancelled when the client goes', async () => {
    const asked: RpcRequest[] = []
    const begun: Uuid[] = []
    const execute = async (request: RpcRequest) => {
      asked.push(request)
      if (request.method === 'begin') begun.push(new Uuid(crypto.randomUUID()))
      return { kind: 'result', body: Buffer.from(new CborCodec({}).encode(begun.at(-1))) }
    }
    const client = new RpcClient({ execute } as unknown as Engine, { requireAuth: false })
    const session = new Uuid(crypto.randomUUID())
    client.adopt(session)
    for (let count = 0; count < 3; count++) await client.answer({ method: 'begin' }, session)
    await client.answer({ method: 'commit', params: [begun[0]] }, session)
    expect(await client.answer({ method: 'cancel', params: [begun[0]] }, session)).toMatchObject({ kind: 'error' })
    await client.answer({ method: 'cancel', params: [begun[1]] }, session)
    asked.length = 0
    await client.end()
    expect(asked.map(({ method, params }) => [method, ...(params ?? [])])).toEqual([['cancel', begun[2]], ['detach']])
  })

  it('has no transactions and no live queries over http', async () => {
    const client = await driver(shared.httpUrl)
    const call = async (method: string, params: unknown[] = []) => {
      const codec = new CborCodec({})
      const reply = await fetch(shared.httpUrl, {
        method: 'POST',
        headers: PLACE,
        body: codec.encode({ id: '1', method, params }) as BodyInit,
      })
      return codec.decode(new Uint8Array(await reply.arrayBuffer()))
    }
    expect(await call('begin')).toMatchObject({ error: { code: -32601, message: 'Method not found' } })
    expect(await call('commit', [new Uuid(crypto.randomUUID())])).toMatchObject({ error: { code: -32601 } })
    expect(await call('live', ['x'])).toMatchObject({ error: { code: -32604, kind: 'Configuration' } })
    await expect(client.beginTransaction()).rejects.toThrow()
  })

  it.each(['wsUrl', 'httpUrl'] as const)('exports what can be imported (%s)', async (url) => {
    const from = await driver(shared[url], { database: `from-${url}` })
    await from.query('DEFINE TABLE row; CREATE row:1 SET text = "ü"; CREATE row:2').collect()
    const text = await from.export()
    expect(text).toContain('DEFINE TABLE row')
    expect(await from.export({ records: false })).not.toContain('row:1')
    const to = await driver(shared[url], { database: `to-${url}` })
    await to.import(text)
    expect(await to.query('SELECT * FROM row').collect()).toEqual([
      [{ id: new RecordId('row', 1), text: 'ü' }, { id: new RecordId('row', 2) }],
    ])
    await expect(to.import('NO SURREALQL')).rejects.toThrow('Parse error')
    const asJson = await route(shared, '/export', {
      method: 'POST',
      headers: { 'surreal-ns': 'test', 'surreal-db': `from-${url}`, 'content-type': 'application/json' },
      body: '{"records":false}',
    })
    expect(await asJson.text()).not.toContain('row:1')
  })

  it('answers garbage, and goes on', async () => {
    const socket = new WebSocket(shared.wsUrl, 'cbor')
    await new Promise((resolve) => socket.once('open', resolve))
    const answer = () => new Promise<Buffer>((resolve) => socket.once('message', (data: Buffer) => resolve(data)))
    for (const garbage of [Buffer.from([0x5f, 1, 2]), Buffer.alloc(0), Buffer.from([1]), 'text', Buffer.from([0xa1])]) {
      socket.send(garbage)
      expect((await answer()).toString('latin1')).toContain('Validation')
    }
    const closed = new Promise((resolve) => socket.once('close', resolve))
    // a frame with an opcode that there is not
    Reflect.get(socket, '_socket').write(Buffer.from([0x8b, 0x80, 0, 0, 0, 0]))
    await closed
    expect((await fetch(shared.httpUrl, { method: 'POST', body: 'garbage' })).status).toBe(400)
    expect((await route(shared, '/export', { method: 'POST', headers: PLACE, body: 'garbage' })).status).toBe(400)
    expect((await route(shared, '/health')).status).toBe(200)
  })
})

it('wants everybody to sign in', async () => {
  const strict = await server({ requireAuth: true })
  for (const url of [strict.wsUrl, strict.httpUrl]) {
    const client = await driver(url)
    const message = 'Anonymous access not allowed: Not enough permissions to perform this action'
    await expect(client.query('RETURN 1').collect()).rejects.toMatchObject({ message, kind: 'NotAllowed' })
    await client.signin({ username: 'root', password: 'root' })
    expect(await client.query('RETURN 1').collect()).toEqual([1])
    await client.invalidate()
    await expect(client.query('RETURN 1').collect()).rejects.toThrow(message)
  }
  const statusOf = async (name: string, headers: Record<string, string> = {}) =>
    (await route(strict, name, { method: 'POST', headers: { ...PLACE, ...headers }, body: '' })).status
  expect(await statusOf('/export')).toBe(403)
  expect(await statusOf('/sql')).toBe(403)
  expect(await statusOf('/export', { authorization: ROOT })).toBe(200)
})

it('can be of a version that is too old', async () => {
  const old = await server({ version: 'surrealdb-1.5.0' })
  expect(await (await route(old, '/version')).text()).toBe('surrealdb-1.5.0')
  await expect(driver(old.wsUrl, { versionCheck: true })).rejects.toThrow('1.5.0')
})

it('comes back on its port, with its store', async () => {
  const options = { port: await freePort(), store: `surrealkv://${newDirectory()}/store` }
  const first = await server(options)
  await (await driver(first.wsUrl)).query('CREATE kept:1').collect()
  await first.stop()
  await expect(fetch(first.httpUrl)).rejects.toThrow()
  const second = await server(options)
  expect(second.wsUrl).toBe(first.wsUrl)
  expect(await (await driver(second.wsUrl)).query('SELECT VALUE id FROM kept').collect()).toEqual([
    [new RecordId('kept', 1)],
  ])
  await expect(startServer(options)).rejects.toThrow()
})

it('answers nothing while it is frozen', async () => {
  const frozen = await server()
  frozen.freeze()
  const answer = route(frozen, '/health')
  const silence = new Promise((resolve) => setTimeout(resolve, 300, 'silence'))
  expect(await Promise.race([answer, silence])).toBe('silence')
  frozen.thaw()
  expect((await answer).status).toBe(200)
})

describe('SURREAL_BIN', () => {
  afterEach(() => {
    delete process.env['SURREAL_BIN']
  })

  /** What a real server does, as far as its start is concerned: it says by `/version` how it was started. */
  const program = `#!${process.execPath}
const flags = process.argv.slice(2)
const [host, port] = flags[flags.indexOf('--bind') + 1].split(':')
const routes = { '/ready': '', '/version': flags.join(' ') + ' ' + process.env.SURREAL_ONLINE_VERSION_CHECK }
require('node:http').createServer(({ url }, response) => {
  response.writeHead(url in routes ? 200 : 404).end(routes[url] ?? '')
}).listen(Number(port), host)
`

  it('names the server that is started instead', async () => {
    const binary = path.join(newDirectory(), 'surreal')
    writeFileSync(binary, program)
    chmodSync(binary, 0o755)
    process.env['SURREAL_BIN'] = binary
    const options = { port: await freePort() }
    const real = await server(options)
    expect(real.port).toBe(options.port)
    expect(real.createsDatabases).toBe(false)
    expect(await (await route(real, '/version')).text()).toMatch(
      /^start --bind 127\.0\.0\.1:\d+ --username root --password root --log none --unauthenticated memory false$/,
    )
    await real.dropConnections()
    expect((await route(real, '/ready')).status).toBe(200)
    await real.stop()
    await expect(route(real, '/ready')).rejects.toThrow()
    const strict = await server({ requireAuth: true, store: 'surrealkv:///somewhere' })
    expect(await (await route(strict, '/version')).text()).toMatch(/--log none surrealkv:\/\/\/somewhere false$/)
    await expect(startServer({ version: 'surrealdb-1.5.0' })).rejects.toThrow('answers with its own version')
  })

  it('says that there is no such program', async () => {
    process.env['SURREAL_BIN'] = '/no/such/program'
    await expect(startServer()).rejects.toThrow('ENOENT')
  })
})
