import type { MessagePort } from 'node:worker_threads'
import type { LinkFailure, LinkReply } from '../link.js'
import type { CallerSignal, HostMessage, HostRequest } from '../host-protocol.js'
import { down, messageOf, OpenFailed, type Channel, type ChannelEvents } from './channel.js'
import { openChannel, type OpenRequest } from './open-channel.js'
import { stayAwake } from './stay-awake.js'
import type { StoreShelf } from './store-shelf.js'

type ExecuteRequest = Extract<HostRequest, { operation: 'execute' }>

/** One copy of this package that uses the host: its port, and the channels it opened. */
export class Caller {
  readonly #port: MessagePort
  readonly #signal: CallerSignal
  readonly #shelf: StoreShelf
  readonly #channels = new Map<number, Promise<Channel>>()

  constructor(port: MessagePort, signal: CallerSignal, shelf: StoreShelf) {
    this.#port = port
    this.#signal = signal
    this.#shelf = shelf
    port.on('message', (request: HostRequest) => void this.#handle(request))
    port.on('close', () => void this.close(Infinity))
  }

  /** Closes every channel; never rejects. */
  async close(timeout: number): Promise<void> {
    const links = [...this.#channels.keys()]
    await Promise.all(links.map((link) => this.#close(link, timeout)))
  }

  /** The host thread ends: a caller that is blocked wakes up. */
  hostEnded(): void {
    Atomics.store(this.#signal.hostEnded, 0, 1)
    this.#ring()
  }

  async #handle(request: HostRequest): Promise<void> {
    stayAwake()
    switch (request.operation) {
      case 'open':
        return this.#answerFailure(request.sequence, await this.#open(request))
      case 'execute':
        return this.#answer(request.sequence, await this.#execute(request))
      case 'close':
        return this.#answerFailure(request.sequence, await this.#close(request.link, request.timeout))
      case 'forget':
        return (await this.#channel(request.link))?.forget(request.id)
      case 'listen':
        return (await this.#channel(request.link))?.listen()
      default:
        return request satisfies never
    }
  }

  async #open(request: OpenRequest): Promise<LinkFailure | undefined> {
    const { link } = request
    const events: ChannelEvents = {
      notification: (bytes) => this.#send({ kind: 'notification', link, bytes }, bytes),
      down: (failure) => {
        this.#channels.delete(link)
        this.#send({ kind: 'down', link, failure })
      },
    }
    const opening = openChannel(request, events, this.#shelf)
    this.#channels.set(link, opening)
    try {
      await opening
      return undefined
    } catch (error) {
      this.#channels.delete(link)
      if (error instanceof OpenFailed) return error.failure
      return { reason: 'open-failed', message: `${request.target.url}: ${messageOf(error)}` }
    }
  }

  async #execute({ link, ...call }: ExecuteRequest): Promise<LinkReply> {
    const channel = await this.#channel(link)
    return channel ? channel.execute(call) : down('not-sent', 'the channel is gone')
  }

  /** The channel stays known until it is closed, so that whoever calls `close` again waits for the same end. */
  async #close(link: number, timeout: number): Promise<LinkFailure | undefined> {
    const channel = await this.#channel(link)
    if (!channel) return undefined
    const failure = await channel.close(timeout)
    if (!failure) this.#channels.delete(link)
    return failure
  }

  /** Undefined for a link that is not open. */
  #channel(link: number): Promise<Channel | undefined> {
    return this.#channels.get(link)?.catch(() => undefined) ?? Promise.resolve(undefined)
  }

  #answer(sequence: number, reply: LinkReply): void {
    if (reply.ok) this.#send({ kind: 'answer', sequence, bytes: reply.bytes }, reply.bytes)
    else this.#answerFailure(sequence, reply.failure)
  }

  #answerFailure(sequence: number, failure: LinkFailure | undefined): void {
    this.#send({ kind: 'answer', sequence, ...(failure && { failure }) })
  }

  /** `bytes` must be a buffer of their own: they are moved to the caller, not copied. */
  #send(message: HostMessage, bytes?: Uint8Array): void {
    this.#port.postMessage(message, bytes ? [bytes.buffer as ArrayBuffer] : [])
    this.#ring()
    stayAwake()
  }

  #ring(): void {
    Atomics.add(this.#signal.messages, 0, 1)
    Atomics.notify(this.#signal.messages, 0)
  }
}
