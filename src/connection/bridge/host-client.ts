import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import type { Answer, LinkFailure, LinkState } from './link.js'
import { NotificationQueue } from './notification-queue.js'
import type { CallerSignal, HostCommand, HostMessage, HostRequest } from './host-protocol.js'
import { hasStopped, sharedHost, type SharedHost } from './shared-host.js'

/** A request that is answered, as its maker writes it. */
export type Question = WithoutSequence<Extract<HostRequest, { sequence: number }>>
type WithoutSequence<Request> = Request extends unknown ? Omit<Request, 'sequence'> : never

/** What a link wants to hear of. */
export interface LinkEvents {
  notification(bytes: Uint8Array): void
  /** Told as soon as it is known, while the thread is blocked too. */
  state(state: LinkState): void
}

/** How often a blocked caller looks whether the host thread still lives. */
const LIFE_CHECK = 100

let current: HostClient | undefined

/** The client of the living host; starts a host if there is none. */
export function hostClient(): HostClient {
  const host = sharedHost()
  if (current?.host !== host) current = new HostClient(host)
  return current
}

/**
 * One caller's end of the conversation with the host thread. A request can be awaited, or waited for with the thread
 * blocked; both go through the same port, so whatever arrives while blocked is kept, in order, for the event loop.
 */
export class HostClient {
  readonly host: SharedHost
  readonly #port: MessagePort
  readonly #signal: CallerSignal = { messages: sharedNumber(), hostEnded: sharedNumber() }
  readonly #pending = new Map<number, (answer: Answer) => void>()
  readonly #links = new Map<number, LinkEvents>()
  readonly #notifications = new NotificationQueue()
  /** What arrived while the thread was blocked. */
  #kept: HostMessage[] = []
  #sequence = 0
  #lastLink = 0
  #holds = 0
  #ended: LinkFailure | undefined

  constructor(host: SharedHost) {
    const { port1, port2 } = new MessageChannel()
    const command: HostCommand = { operation: 'attach', port: port2, signal: this.#signal }
    host.worker.postMessage(command, [port2])
    this.host = host
    this.#port = port1
    port1.on('message', (message: HostMessage) => {
      this.#deliverKept()
      this.#deliver(message)
    })
    port1.on('close', () => this.#hostEnded())
    port1.unref()
  }

  /** Runs behind all notifications that have come. */
  afterNotifications(run: () => void): void {
    this.#notifications.push(run)
  }

  /** A number for a new link; `events` hears of everything that arrives for it until `removeLink`. */
  addLink(events: LinkEvents): number {
    const link = ++this.#lastLink
    this.#links.set(link, events)
    return link
  }

  removeLink(link: number): void {
    this.#links.delete(link)
  }

  /** While anybody holds, the process does not end by itself. */
  hold(): void {
    if (this.#holds++ === 0) this.#port.ref()
  }

  release(): void {
    if (--this.#holds === 0) this.#port.unref()
  }

  /** Sends a request that nobody waits for; its sequence number, if it has one, is 0. */
  post(request: Extract<HostRequest, { operation: 'forget' | 'listen' | 'close' | 'give-back' | 'remember' }>): void {
    if (!this.#ended) this.#port.postMessage(request)
  }

  /** Never rejects: what went wrong is part of the answer. */
  request(question: Question, timeout: number): Promise<Answer> {
    if (this.#ended) return Promise.resolve({ failure: this.#ended })
    const sequence = this.#send(question)
    this.hold()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#timeIsUp(sequence, timeout), Math.ceil(timeout))
      this.#pending.set(sequence, (answer) => {
        clearTimeout(timer)
        this.#pending.delete(sequence)
        this.release()
        resolve(answer)
      })
    })
  }

  /** The same with the thread blocked until the answer is there; `meanwhile` is done before. */
  requestSync(question: Question, timeout: number, meanwhile?: () => void): Answer {
    if (this.#ended) return { failure: this.#ended }
    const sequence = this.#send(question)
    const end = performance.now() + timeout
    meanwhile?.()
    for (;;) {
      // read before the port is emptied, so that a message in between ends the wait at once
      const seen = Atomics.load(this.#signal.messages, 0)
      const answer = this.#takeAnswer(sequence)
      if (answer) return answer
      if (this.#hostIsGone()) return { failure: this.#hostEnded() }
      const left = end - performance.now()
      if (left <= 0) return { failure: noAnswer(timeout) }
      Atomics.wait(this.#signal.messages, 0, seen, Math.min(left, LIFE_CHECK))
    }
  }

  #send(question: Question): number {
    const sequence = ++this.#sequence
    const transfer = question.operation === 'execute' ? [question.bytes.buffer as ArrayBuffer] : []
    this.#port.postMessage({ ...question, sequence }, transfer)
    return sequence
  }

  /** Takes everything out of the port up to the answer; the rest is kept. */
  #takeAnswer(sequence: number): Answer | undefined {
    for (let message = this.#receive(); message; message = this.#receive()) {
      if (message.kind === 'answer' && message.sequence === sequence) return message
      if (message.kind === 'state') this.#deliver(message)
      else if (this.#kept.push(message) === 1) queueMicrotask(() => this.#deliverKept())
    }
    return undefined
  }

  #receive(): HostMessage | undefined {
    return (receiveMessageOnPort(this.#port) as { message: HostMessage } | undefined)?.message
  }

  #deliverKept(): void {
    const kept = this.#kept
    this.#kept = []
    for (const message of kept) this.#deliver(message)
  }

  #deliver(message: HostMessage): void {
    switch (message.kind) {
      case 'answer':
        this.#pending.get(message.sequence)?.(message)
        break
      case 'notification':
        this.#notifications.push(() => this.#links.get(message.link)?.notification(message.bytes))
        break
      case 'state':
        this.#links.get(message.link)?.state(message.state)
        break
      default:
        message satisfies never
    }
  }

  /** A thread that was blocked past the deadline may have the answer already: it only had no time to read it. */
  #timeIsUp(sequence: number, timeout: number): void {
    for (let message = this.#receive(); message; message = this.#receive()) this.#kept.push(message)
    this.#deliverKept()
    this.#pending.get(sequence)?.({ failure: noAnswer(timeout) })
  }

  #hostIsGone(): boolean {
    return Atomics.load(this.#signal.hostEnded, 0) === 1 || hasStopped(this.host)
  }

  #hostEnded(): LinkFailure {
    if (this.#ended) return this.#ended
    const message = 'the thread that holds the databases has ended'
    const failure: LinkFailure = { reason: 'host-died', message }
    this.#ended = failure
    this.host.ended = true
    this.#deliverKept()
    for (const settle of [...this.#pending.values()]) settle({ failure })
    const links = [...this.#links.values()]
    this.#links.clear()
    for (const link of links) link.state({ kind: 'down', failure, isFinal: true })
    this.#port.close()
    return failure
  }
}

function sharedNumber(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

function noAnswer(timeout: number): LinkFailure {
  return { reason: 'timeout', message: `no answer within ${Math.round(timeout)} ms` }
}
