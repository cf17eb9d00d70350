import type { ByteQueue, Reading } from './byte-queue.js'

/** A request or a response with its whole body. */
export interface HttpMessage {
  readonly bytes: Buffer
  /** `GET /rpc HTTP/1.1`, or `HTTP/1.1 200 OK`. */
  readonly firstLine: string
  readonly headers: ReadonlyMap<string, string>
}

/** Reads one message. `answers` is the method of the request that a response is for. */
export function* readHttpMessage(queue: ByteQueue, answers?: () => string | undefined): Reading<HttpMessage> {
  const head = yield* queue.takeThrough('\r\n\r\n')
  const [firstLine = '', ...lines] = head.toString('latin1').trim().split('\r\n')
  const headers = new Map(lines.map(headerOf))
  const body = yield* readBody(queue, headers, answers && bodyRule(firstLine, answers()))
  return { bytes: Buffer.concat([head, ...body]), firstLine, headers }
}

export function statusOf(firstLine: string): number {
  return Number(firstLine.split(' ')[1])
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

/** A response may have a length and no body, or a body and no length. */
function bodyRule(firstLine: string, method: string | undefined): 'none' | 'until the end' {
  const status = statusOf(firstLine)
  return method === 'HEAD' || status < 200 || status === 204 || status === 304 ? 'none' : 'until the end'
}

function* readBody(
  queue: ByteQueue,
  headers: ReadonlyMap<string, string>,
  rule: 'none' | 'until the end' | undefined,
): Reading<Buffer[]> {
  if (rule === 'none') return []
  if (headers.get('transfer-encoding')?.includes('chunked')) return yield* readChunks(queue)
  const length = headers.get('content-length')
  if (length !== undefined) return [yield* queue.take(Number(length))]
  return rule === undefined ? [] : [yield* queue.takeAll()]
}

function* readChunks(queue: ByteQueue): Reading<Buffer[]> {
  const parts: Buffer[] = []
  for (;;) {
    const head = yield* queue.takeThrough('\r\n')
    const size = parseInt(head.toString('latin1'), 16)
    parts.push(head)
    if (size > 0) {
      parts.push(yield* queue.take(size + 2))
      continue
    }
    // trailers, and the empty line that ends them
    for (;;) {
      const line = yield* queue.takeThrough('\r\n')
      parts.push(line)
      if (line.length === 2) return parts
    }
  }
}
