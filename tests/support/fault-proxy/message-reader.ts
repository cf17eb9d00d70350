import { ByteQueue, type Reading } from './byte-queue.js'
import { readHttpMessage, statusOf } from './http-messages.js'
import type { Message } from './message.js'
import { readWebSocketMessage } from './web-socket-messages.js'

/** What both directions of a connection have to know. */
export interface Conversation {
  protocol: 'http' | 'upgrade asked' | 'websocket'
  /** The methods of the http requests that have no response yet. */
  readonly methods: string[]
}

/** Cuts a stream of bytes into messages. */
export class MessageReader {
  readonly #queue = new ByteQueue()
  readonly #reading: Reading<void>
  #needed = 0

  constructor(read: (queue: ByteQueue) => Reading<void>) {
    this.#reading = read(this.#queue)
    this.#advance()
  }

  feed(chunk: Buffer): void {
    this.#queue.append(chunk)
    while (this.#queue.length >= this.#needed) this.#advance()
  }

  /** A response without a length is over when the stream is. */
  end(): void {
    this.#queue.ended = true
    this.#advance()
  }

  #advance(): void {
    const { value } = this.#reading.next()
    this.#needed = value ?? Infinity
  }
}

type Emit = (message: Message) => void

/** What a client sends. */
export function* readRequests(queue: ByteQueue, conversation: Conversation, emit: Emit): Reading<void> {
  while (conversation.protocol !== 'websocket') {
    const { bytes, firstLine, headers } = yield* readHttpMessage(queue)
    const asksUpgrade = headers.get('upgrade')?.toLowerCase() === 'websocket'
    if (asksUpgrade) conversation.protocol = 'upgrade asked'
    conversation.methods.push(firstLine.split(' ')[0]!)
    emit({ bytes, counts: !asksUpgrade })
    // which language comes next is for the server to say
    while (isAsked(conversation)) yield queue.length + 1
  }
  for (;;) emit(yield* readWebSocketMessage(queue, emit))
}

/** What a server sends. */
export function* readReplies(queue: ByteQueue, conversation: Conversation, emit: Emit): Reading<void> {
  while (conversation.protocol !== 'websocket') {
    const { bytes, firstLine } = yield* readHttpMessage(queue, () => conversation.methods[0])
    const status = statusOf(firstLine)
    const isFinal = status >= 200
    const answersUpgrade = isAsked(conversation)
    if (status === 101) conversation.protocol = 'websocket'
    else if (isFinal && answersUpgrade) conversation.protocol = 'http'
    if (isFinal) conversation.methods.shift()
    emit({ bytes, counts: isFinal && !answersUpgrade })
  }
  for (;;) emit(yield* readWebSocketMessage(queue, emit))
}

function isAsked({ protocol }: Conversation): boolean {
  return protocol === 'upgrade asked'
}
