import { connect, type Socket } from 'node:net'
import { idOf, type Message } from './message.js'
import { MessageReader, readReplies, readRequests, type Conversation } from './message-reader.js'
import { Pipe } from './pipe.js'
import type { ProxyState, ReplyFate } from './proxy-state.js'

export type Direction = 'to-server' | 'to-client'

/** A request that has been passed on. */
interface Awaited {
  /** Of a websocket message; an http response is for the oldest request. */
  readonly id: string | undefined
  readonly fate: ReplyFate | undefined
}

/** A client's connection, and the one to the server behind it. */
export class ProxyConnection {
  readonly #server: Socket
  readonly #toServer: Pipe
  readonly #toClient: Pipe
  readonly #awaited: Awaited[] = []
  readonly #conversation: Conversation = { protocol: 'http', methods: [] }

  constructor(
    readonly client: Socket,
    readonly state: ProxyState,
  ) {
    this.#server = connect({ port: state.target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    this.#toServer = new Pipe(this.#server, state)
    this.#toClient = new Pipe(client, state)
    const conversation = this.#conversation
    this.#listen(
      client,
      this.#toServer,
      new MessageReader((queue) => readRequests(queue, conversation, (message) => this.#onRequest(message))),
    )
    this.#listen(
      this.#server,
      this.#toClient,
      new MessageReader((queue) => readReplies(queue, conversation, (message) => this.#onReply(message))),
    )
    if (state.isFrozen) this.freeze()
  }

  /** Breaks both sides. */
  cut(): void {
    this.#toServer.clear()
    this.#toClient.clear()
    this.client.destroy()
    this.#server.destroy()
  }

  freeze(): void {
    this.client.pause()
    this.#server.pause()
  }

  thaw(): void {
    this.client.resume()
    this.#server.resume()
    this.#toServer.pump()
    this.#toClient.pump()
  }

  #listen(source: Socket, pipe: Pipe, reader: MessageReader): void {
    source.on('data', (chunk: Buffer) => reader.feed(chunk))
    source.on('end', () => {
      reader.end()
      pipe.push('end')
    })
    // what came before is passed on, then the other side ends as well
    source.on('error', () => pipe.push('end'))
    source.on('close', () => {
      if (this.client.destroyed && this.#server.destroyed) this.state.connections.delete(this)
    })
  }

  #onRequest(message: Message): void {
    if (this.client.destroyed) return
    if (!message.counts) return this.#pass('to-server', message.bytes)
    const fault = this.state.nextFault()
    switch (fault?.kind) {
      case 'cut-before':
        return this.cut()
      case 'cut-all':
        return this.state.cutAll()
      case 'outage':
        return this.state.outage(fault.milliseconds)
      case 'freeze':
        this.state.freezeFor(fault.milliseconds)
        break
      case 'delay':
        this.#toServer.hold(fault.milliseconds)
        break
      case 'cut-after':
        return this.#toServer.pushLast(message.bytes, () => this.cut())
      default:
    }
    const isReplyFault = fault?.kind === 'drop-reply' || fault?.kind === 'truncate-reply'
    this.#await(message, isReplyFault ? fault : undefined)
    this.#pass('to-server', message.bytes, 1)
  }

  #onReply(message: Message): void {
    if (this.client.destroyed) return
    if (!message.counts) return this.#pass('to-client', message.bytes)
    const fate = this.#fateOf(message) ?? this.state.takeTruncation()
    if (fate?.kind === 'drop-reply') {
      this.state.counters.repliesDropped++
      return this.cut()
    }
    if (fate?.kind === 'truncate-reply') {
      const { bytes = Math.floor(message.bytes.length / 2) } = fate
      return this.#toClient.pushLast(message.bytes.subarray(0, bytes), () => this.cut())
    }
    if (this.#isReply(message)) this.state.counters.repliesPassed++
    else this.state.counters.notificationsPassed++
    this.#pass('to-client', message.bytes, 1)
  }

  #await(message: Message, fate: ReplyFate | undefined): void {
    const isHttp = message.payload === undefined
    if (isHttp) this.#awaited.push({ id: undefined, fate })
    else if (fate) this.#awaited.push({ id: idOf(message), fate })
  }

  /** What is to become of a reply, if anything. */
  #fateOf(message: Message): ReplyFate | undefined {
    if (this.#awaited.length === 0) return undefined
    const id = idOf(message)
    const position = this.#awaited.findIndex((awaited) => awaited.id === undefined || awaited.id === id)
    return position < 0 ? undefined : this.#awaited.splice(position, 1)[0]?.fate
  }

  #isReply(message: Message): boolean {
    return message.payload === undefined || idOf(message) !== undefined
  }

  #pass(direction: Direction, bytes: Buffer, messages = 0): void {
    const pipe = direction === 'to-server' ? this.#toServer : this.#toClient
    const passed = this.state.allowance(direction, bytes.length, messages)
    if (passed === undefined) pipe.push(bytes)
    else pipe.pushLast(bytes.subarray(0, passed), () => this.cut())
  }
}
