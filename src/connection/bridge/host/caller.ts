import type { MessagePort } from 'node:worker_threads'
import type { Answer, LinkFailure, LinkQuestion } from '../link.js'
import type { CallerSignal, HostMessage, HostRequest } from '../host-protocol.js'
import { failed, toAnswer } from './channels/channel.js'
import { Line } from './line.js'
import { AWAKE, stayAwake } from './stay-awake.js'
import type { StoreShelf } from './stores/store-shelf.js'

type OpenRequest = Extract<HostRequest, { operation: 'open' }>
type Asked = Pick<Extract<HostRequest, { sequence: number }>, 'sequence' | 'link'>
type ExecuteRequest = Extract<HostRequest, { operation: 'execute' }>

const NO_LINE = failed('not-sent', 'the link is not open')

/** One copy of this package that uses the host: its port, and its lines. */
export class Caller {
  readonly #port: MessagePort
  readonly #signal: CallerSignal
  readonly #shelf: StoreShelf
  readonly #lines = new Map<number, Line>()
  #underWay = 0
  /** Milliseconds of the last call. */
  #took = 0

  constructor(port: MessagePort, signal: CallerSignal, shelf: StoreShelf) {
    this.#port = port
    this.#signal = signal
    this.#shelf = shelf
    port.on('message', (request: HostRequest) => void this.#handle(request))
    port.on('close', () => void this.close(Infinity))
  }

  /** Closes every line; never rejects. */
  async close(timeout: number): Promise<void> {
    const links = [...this.#lines.keys()]
    await Promise.all(links.map((link) => this.#close(link, timeout)))
  }

  /** The host thread ends: a caller that is blocked wakes up. */
  hostEnded(): void {
    Atomics.store(this.#signal.hostEnded, 0, 1)
    this.#ring()
  }

  async #handle(request: HostRequest): Promise<void> {
    switch (request.operation) {
      case 'open':
        return this.#answer(request, { failure: await this.#open(request) })
      case 'execute':
        return this.#answer(request, await this.#execute(request))
      case 'close':
        return this.#answer(request, { failure: await this.#close(request.link, request.timeout) })
      case 'forget':
        return this.#lines.get(request.link)?.forget(request.id)
      case 'remember':
        return this.#lines.get(request.link)?.remember(request.key, request)
      case 'give-back':
        return this.#lines.get(request.link)?.giveBack(request.lease, request.isDiscarded)
      case 'listen':
        return this.#lines.get(request.link)?.listen()
      case 'borrow':
      case 'live':
      case 'next':
      case 'kill':
      case 'counters':
      case 'transfer':
      case 'write':
      case 'read':
      case 'drop':
        return this.#answer(request, await this.#ask(request.link, request))
      default:
        return request satisfies never
    }
  }

  async #open({ link, options, timeout, resolveFrom }: OpenRequest): Promise<LinkFailure | undefined> {
    const line = new Line({
      options,
      resolveFrom,
      shelf: this.#shelf,
      events: {
        notification: (bytes) => this.#send({ kind: 'notification', link, bytes }, bytes),
        state: (state) => this.#send({ kind: 'state', link, state }),
      },
    })
    this.#lines.set(link, line)
    const failure = await line.open(timeout)
    if (failure) {
      this.#lines.delete(link)
      void line.close(0)
    }
    return failure
  }

  async #execute(call: ExecuteRequest): Promise<Answer> {
    const start = performance.now()
    this.#underWay++
    this.#stayAwake()
    const reply = (await this.#lines.get(call.link)?.execute(call)) ?? NO_LINE
    this.#underWay--
    this.#took = performance.now() - start
    return toAnswer(reply)
  }

  async #ask(link: number, question: LinkQuestion): Promise<Answer> {
    return (await this.#lines.get(link)?.ask(question)) ?? toAnswer(NO_LINE)
  }

  /** The line stays known until it is closed, so that whoever calls `close` again waits for the same end. */
  async #close(link: number, timeout: number): Promise<LinkFailure | undefined> {
    const failure = await this.#lines.get(link)?.close(timeout)
    if (!failure) this.#lines.delete(link)
    return failure
  }

  #answer({ sequence }: Asked, answer: Answer): void {
    this.#send({ kind: 'answer', sequence, ...answer }, answer.bytes)
    this.#stayAwake()
  }

  /** Who asks for one thing after the other, and has each at once, waits for this thread; others keep it busy, or have time. */
  #stayAwake(): void {
    if (this.#underWay <= 1 && this.#took < AWAKE) stayAwake()
  }

  /** `bytes` must be a buffer of their own: they are moved to the caller, not copied. */
  #send(message: HostMessage, bytes?: Uint8Array): void {
    this.#port.postMessage(message, bytes ? [bytes.buffer as ArrayBuffer] : [])
    this.#ring()
  }

  #ring(): void {
    Atomics.add(this.#signal.messages, 0, 1)
    Atomics.notify(this.#signal.messages, 0)
  }
}
