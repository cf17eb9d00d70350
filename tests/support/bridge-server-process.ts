/**
 * A small server of SurrealDB's RPC protocol over websocket and http, for tests: each socket is a session of one embedded
 * engine, each http request is a session of its own. Replies are passed on as the engine encoded them. Unlike a real
 * server it gives an anonymous session every right, and knows neither JSON nor the REST routes.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { CborCodec, Uuid } from 'surrealdb'
import { WebSocketServer, type WebSocket } from 'ws'
import { cborEntry } from '../../src/connection/bridge/host/cbor-entry.js'
import type { NativeEngine } from '../../src/connection/bridge/host/native-engine.js'
import type { ServerCommand, ServerMessage } from './bridge-server.js'

interface RpcRequest {
  readonly id?: string
  readonly method: string
  readonly params?: readonly unknown[]
  readonly session?: Uuid
}

const codec = new CborCodec({})
const encode = (value: unknown): Buffer => Buffer.from(codec.encode(value))
const key = { id: encode('id'), result: encode('result'), error: encode('error') }
const mapOf = (entries: number): Buffer => Buffer.from([0xa0 + entries])
/** How the engine starts the reply to a call that failed. */
const FAILED = Buffer.concat([mapOf(1), key.error])

const engine = await connectEngine()
/** Which socket a session belongs to. */
const sockets = new Map<string, WebSocket>()

async function connectEngine(): Promise<NativeEngine> {
  await import('@surrealdb/node')
  const { cache } = createRequire(import.meta.url)
  const file = Object.keys(cache).find((name) => name.endsWith('.node') && name.includes('surrealdb-node'))
  const binding = cache[file ?? '']?.exports as { SurrealNodeEngine: { connect(url: string): Promise<NativeEngine> } }
  return binding.SurrealNodeEngine.connect('mem://')
}

/** The encoded response to an encoded request. */
async function respond(request: RpcRequest, session: Uuid): Promise<Buffer> {
  const reply = Buffer.from(await engine.execute(encode({ ...request, session: request.session ?? session })))
  const isFailure = reply.subarray(0, FAILED.length).equals(FAILED)
  const [name, value] = isFailure ? [key.error, reply.subarray(FAILED.length)] : [key.result, reply]
  return Buffer.concat([mapOf(2), key.id, encode(request.id), name, value])
}

async function newSession(): Promise<Uuid> {
  const session = new Uuid(randomUUID())
  await respond({ id: '0', method: 'attach', session }, session)
  return session
}

/** One request of the server's own; its failure is thrown as the bytes of the response. */
async function prepare(request: RpcRequest, session: Uuid): Promise<void> {
  const response = await respond({ id: '0', ...request }, session)
  if (cborEntry(response, 'error')) throw new RefusedRequest(response)
}

class RefusedRequest extends Error {
  constructor(readonly response: Buffer) {
    super('refused')
  }
}

// --- websocket

function serveSocket(socket: WebSocket): void {
  const own = new Map<string, Uuid>()
  const opened = newSession().then((session) => {
    adopt(session)
    return session
  })
  const adopt = (session: Uuid) => {
    own.set(String(session), session)
    sockets.set(String(session), socket)
  }
  const answer = async (data: Uint8Array) => {
    const request: RpcRequest = codec.decode(data)
    if (request.method === 'attach' && request.session) adopt(request.session)
    return respond(request, await opened)
  }
  socket.on('message', (data: Buffer) => {
    void (async () => {
      const response = await answer(new Uint8Array(data)).catch((error: unknown) => parseError(data, error))
      if (socket.readyState === socket.OPEN) socket.send(response)
    })()
  })
  socket.on('close', () => {
    void (async () => {
      await opened
      for (const [name, session] of own) {
        sockets.delete(name)
        await respond({ id: '0', method: 'detach' }, session)
      }
    })()
  })
}

/** The engine did not take the request at all. */
function parseError(request: Uint8Array, error: unknown): Buffer {
  const id = cborEntry(request, 'id') ?? encode(undefined)
  const details = { code: -32700, kind: 'Validation', message: String(error) }
  return Buffer.concat([mapOf(2), key.id, id, key.error, encode(details)])
}

async function passOnNotifications(): Promise<void> {
  const receiver = await engine.notifications()
  for (;;) {
    const notification = await receiver.recv()
    if (notification === null) return
    const session = cborEntry(notification, 'session')
    const socket = session && sockets.get(String(codec.decode(new Uint8Array(session))))
    socket?.send(Buffer.concat([mapOf(1), key.result, notification]))
  }
}

// --- http

async function serveRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (request.url === '/health' || request.url === '/status') return void response.writeHead(200).end()
  if (request.url !== '/rpc' || request.method !== 'POST') return void response.writeHead(404).end('Not found')
  const rpc: RpcRequest = codec.decode(new Uint8Array(Buffer.concat(chunks)))
  const session = await newSession()
  try {
    await prepareSession(request.headers, session)
    response.writeHead(200, { 'content-type': 'application/cbor' }).end(await respond(rpc, session))
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"information":"authentication failed"}')
  } finally {
    await respond({ id: '0', method: 'detach' }, session)
  }
}

/** An http request brings its whole session in its headers. */
async function prepareSession(headers: IncomingHttpHeaders, session: Uuid): Promise<void> {
  const [kind, credentials = ''] = (headers.authorization ?? '').split(' ')
  if (kind === 'Bearer') await prepare({ method: 'authenticate', params: [credentials] }, session)
  if (kind === 'Basic') {
    const [user, pass] = Buffer.from(credentials, 'base64').toString().split(':')
    await prepare({ method: 'signin', params: [{ user, pass }] }, session)
  }
  const { 'surreal-ns': namespace, 'surreal-db': database } = headers
  if (namespace || database) await prepare({ method: 'use', params: [namespace, database] }, session)
}

// --- the process

const server = createServer((request, response) => {
  serveRequest(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
})
const socketServer = new WebSocketServer({
  server,
  path: '/rpc',
  handleProtocols: (protocols) => (protocols.has('cbor') ? 'cbor' : false),
  maxPayload: 512 * 1024 * 1024,
  perMessageDeflate: false,
})
socketServer.on('connection', serveSocket)

const tell = (message: ServerMessage) => process.send?.(message)

process.on('message', (command: ServerCommand) => {
  if (command !== 'drop connections') return
  for (const socket of socketServer.clients) socket.terminate()
  tell({ dropped: true })
})
// the process that started this one is gone
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

void passOnNotifications()
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
