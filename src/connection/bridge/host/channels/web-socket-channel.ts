import { WebSocket } from 'ws'
import type { Heartbeat, LinkFailure, LinkReply } from '../../link.js'
import { cborEntry, cborText } from '../cbor-entry.js'
import { failed, messageOf, OpenFailed, type Call, type Channel, type ChannelEvents, noExport } from './channel.js'
import { settlesWithin } from '../deadline.js'
import { watchHeartbeat } from './heartbeat.js'

const LARGEST_MESSAGE = 1024 * 1024 * 1024

/** How a socket is opened and watched. */
export interface SocketOptions {
  readonly url: string
  readonly timeout: number
  readonly heartbeat: Heartbeat | undefined
  /** Aborted: nobody wants it any more. */
  readonly signal: AbortSignal | undefined
}

interface Waiting {
  readonly resolve: (reply: LinkReply) => void
  /** Settles with the reply. */
  readonly settled: Promise<LinkReply>
}

/**
 * One socket. A frame with the id of a call is its reply; every other frame is a live notification. A socket that broke
 * stays broken: nothing is sent again from here, because whether it was carried out is not known.
 */
export class WebSocketChannel implements Channel {
  readonly #socket: WebSocket
  readonly #events: ChannelEvents
  readonly #waiting = new Map<string, Waiting>()
  readonly #gone: Promise<void>
  #closing = false
  #isBroken = false

  private constructor(socket: WebSocket, heartbeat: Heartbeat | undefined, events: ChannelEvents) {
    this.#socket = socket
    this.#events = events
    if (heartbeat) watchHeartbeat(socket, heartbeat, (message) => this.#end(message))
    socket.on('message', (data: Buffer) => this.#receive(data))
    // 'close' follows every error
    let reason = ''
    socket.on('error', (error) => (reason = messageOf(error)))
    this.#gone = new Promise((resolve) => {
      socket.on('close', (code) => {
        this.#broke(reason || `the server closed the socket (code ${code})`)
        resolve()
      })
    })
  }

  static open({ url, timeout, heartbeat, signal }: SocketOptions, events: ChannelEvents): Promise<WebSocketChannel> {
    const socket = new WebSocket(url, 'cbor', {
      handshakeTimeout: Math.max(1, Math.floor(timeout)),
      maxPayload: LARGEST_MESSAGE,
      perMessageDeflate: false,
    })
    const giveUp = (): void => socket.terminate()
    const opening = new Promise<WebSocketChannel>((resolve, reject) => {
      socket.once('open', () => resolve(new WebSocketChannel(socket, heartbeat, events)))
      socket.on('error', (error) => reject(new OpenFailed(openFailureOf(url, error))))
    })
    if (signal?.aborted) giveUp()
    signal?.addEventListener('abort', giveUp, { once: true })
    return opening.finally(() => signal?.removeEventListener('abort', giveUp))
  }

  get isOpen(): boolean {
    return !this.#closing && !this.#isBroken && this.#socket.readyState === WebSocket.OPEN
  }

  execute({ id, bytes }: Call): Promise<LinkReply> {
    if (this.#closing) return Promise.resolve(failed('closed', 'the socket was closed'))
    if (!this.isOpen) return Promise.resolve(failed('not-sent', 'the socket is closed'))
    let resolve: Waiting['resolve'] = () => {}
    const settled = new Promise<LinkReply>((settle) => {
      resolve = settle
    })
    this.#waiting.set(id, { resolve, settled })
    this.#socket.send(bytes)
    return settled
  }

  /** Frames come without being asked for. */
  listen(): void {}

  readonly export = noExport

  forget(id: string): void {
    this.#settle(id, failed('timeout', 'nobody waits for the reply any more'))
  }

  async close(timeout: number): Promise<LinkFailure | undefined> {
    this.#closing = true
    const replies = [...this.#waiting.values()].map(({ settled }) => settled)
    const end = performance.now() + timeout
    const drained = await settlesWithin(Promise.all(replies), timeout)
    this.#socket.close()
    await settlesWithin(this.#gone, Math.max(0, Math.min(1000, end - performance.now())))
    this.#socket.terminate()
    if (drained) return undefined
    return { reason: 'timeout', message: `calls were still under way after ${Math.round(timeout)} ms` }
  }

  #receive(data: Buffer): void {
    // ws hands out pieces of larger buffers; what goes to the caller must be a buffer of its own
    const bytes = new Uint8Array(data)
    const id = idOf(bytes)
    if (id === undefined) this.#events.notification(bytes)
    else this.#settle(id, { ok: true, bytes })
  }

  #settle(id: string, reply: LinkReply): void {
    this.#waiting.get(id)?.resolve(reply)
    this.#waiting.delete(id)
  }

  /** The news goes first: whoever is told that a call failed finds the channel marked as broken. */
  #broke(message: string): void {
    if (this.#isBroken) return
    this.#isBroken = true
    if (!this.#closing) this.#events.down({ reason: 'lost', message })
    for (const id of [...this.#waiting.keys()]) this.#settle(id, failed('lost', message))
  }

  #end(message: string): void {
    this.#broke(message)
    this.#socket.terminate()
  }
}

function idOf(frame: Uint8Array): string | undefined {
  try {
    const id = cborEntry(frame, 'id')
    return id && cborText(id)
  } catch {
    return undefined
  }
}

function openFailureOf(url: string, error: Error): LinkFailure {
  const [, status] = /^Unexpected server response: (\d+)/.exec(error.message) ?? []
  if (status) {
    const message = `${url}: the server answered with status ${status} instead of opening a websocket; check the url`
    // a balancer without a server behind it
    return { reason: 'open-failed', message, isTransient: /^50[234]$/.test(status) }
  }
  if (/subprotocol/i.test(error.message)) {
    return {
      reason: 'open-failed',
      message: `${url}: the server does not speak SurrealDB's protocol (${error.message})`,
    }
  }
  return { reason: 'open-failed', message: `${url}: ${reasonOf(error)}`, isTransient: isNetworkError(error) }
}

/** Node gives the errors of its network a code; those of TLS mean that the next try will fail as well. */
function isNetworkError(error: Error): boolean {
  const { code = '' } = error as NodeJS.ErrnoException
  return (
    /^(ECONN|EHOST|ENET|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND)/.test(code) ||
    /handshake has timed out/.test(error.message)
  )
}

/** An address that could not be reached in any way comes as an AggregateError without a message. */
function reasonOf(error: Error): string {
  return error.message || (error instanceof AggregateError ? error.errors.map(messageOf).join(', ') : error.name)
}
