import type { ByteQueue, Reading } from './byte-queue.js'
import type { Message } from './message.js'

const FIRST_CONTROL = 8

/** Reads one websocket message, of one or more frames; a ping, pong or close between them is emitted at once. */
export function* readWebSocketMessage(queue: ByteQueue, emit: (message: Message) => void): Reading<Message> {
  const frames: Frame[] = []
  for (;;) {
    const frame = yield* readFrame(queue)
    if (frame.opcode >= FIRST_CONTROL) {
      emit({ bytes: frame.bytes, counts: false })
      continue
    }
    frames.push(frame)
    if (!frame.isLast) continue
    return {
      bytes: Buffer.concat(frames.map(({ bytes }) => bytes)),
      counts: true,
      payload: () => Buffer.concat(frames.map(payloadOf)),
    }
  }
}

interface Frame {
  readonly isLast: boolean
  readonly opcode: number
  readonly bytes: Buffer
  /** Where the payload starts. */
  readonly start: number
  readonly mask: Buffer | undefined
}

function* readFrame(queue: ByteQueue): Reading<Frame> {
  const head = yield* queue.take(2)
  const short = head[1]! & 0x7f
  const extended = yield* queue.take(short === 126 ? 2 : short === 127 ? 8 : 0)
  const mask = head[1]! & 0x80 ? yield* queue.take(4) : undefined
  const length = short === 126 ? extended.readUInt16BE() : short === 127 ? Number(extended.readBigUInt64BE()) : short
  const before = Buffer.concat([head, extended, ...(mask ? [mask] : [])])
  const payload = yield* queue.take(length)
  return {
    isLast: (head[0]! & 0x80) !== 0,
    opcode: head[0]! & 0x0f,
    bytes: Buffer.concat([before, payload]),
    start: before.length,
    mask,
  }
}

/** Clients mask what they send. */
function payloadOf({ bytes, start, mask }: Frame): Buffer {
  const payload = bytes.subarray(start)
  return mask ? Buffer.from(payload.map((byte, position) => byte ^ mask[position & 3]!)) : payload
}
