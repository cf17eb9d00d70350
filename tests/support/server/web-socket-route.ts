import type { Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Engine } from './engine.js'
import { RpcClient, type RpcRules } from './rpc-client.js'
import { codec, entryOf, notificationOf, replyTo, type RpcRequest } from './rpc-reply.js'
import { parseError } from './rpc-errors.js'

/** As a real server's default. */
const LARGEST_MESSAGE = 128 * 1024 * 1024

/** `/rpc` over websocket: each socket is a session, and has those that it attaches. */
export class WebSocketRoute {
  readonly #clients = new Map<WebSocket, RpcClient>()

  constructor(
    readonly engine: Engine,
    readonly rules: RpcRules,
  ) {}

  listen(server: Server): void {
    const sockets = new WebSocketServer({
      server,
      path: '/rpc',
      handleProtocols: (protocols) => (protocols.has('cbor') ? 'cbor' : false),
      maxPayload: LARGEST_MESSAGE,
      perMessageDeflate: false,
    })
    sockets.on('connection', (socket) => this.#serve(socket))
    void this.engine.listen((notification) => this.#passOn(notification))
  }

  dropConnections(): void {
    for (const socket of this.#clients.keys()) socket.terminate()
  }

  #serve(socket: WebSocket): void {
    const client = new RpcClient(this.engine, this.rules)
    this.#clients.set(socket, client)
    const opened = this.engine.newSession().then((session) => {
      client.adopt(session)
      return session
    })
    socket.on('message', (data: Buffer) => {
      void (async () => {
        const reply = await answer(data)
        if (socket.readyState === socket.OPEN) socket.send(reply)
      })()
    })
    const answer = async (data: Buffer) => {
      try {
        const request = codec.decode<RpcRequest>(new Uint8Array(data))
        return replyTo(request.id, await client.answer(request, await opened))
      } catch (error) {
        return replyTo(entryOf(data, 'id'), parseError(error))
      }
    }
    // a frame that is none: the socket closes itself
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#clients.delete(socket)
      void opened.then(() => client.end())
    })
  }

  #passOn(notification: Uint8Array): void {
    const session = entryOf(notification, 'session')
    for (const [socket, client] of this.#clients) {
      // the engine does not say whose live query has ended with its table, so everybody hears of it
      if (session === undefined || session === null || client.has(String(session)))
        socket.send(notificationOf(notification))
    }
  }
}
