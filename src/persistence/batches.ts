import { isObject } from '../values.js'

/** What one round trip carries: a server takes 4 MiB over HTTP, and an answer is about as large as what was sent. */
export const ROUND_TRIP_BYTES = 2 * 1024 * 1024

/** How much one part of a whole may hold. */
interface Limits<Item> {
  readonly count: number
  readonly bytes: number
  readonly sizeOf: (item: Item) => number
}

/** Parts of a list, one after the other; what is larger than a part may be is a part of its own. */
export function* batches<Item>(items: Iterable<Item>, { count, bytes, sizeOf }: Limits<Item>): Generator<Item[]> {
  let batch: Item[] = []
  let total = 0
  for (const item of items) {
    const size = sizeOf(item)
    if (batch.length > 0 && (batch.length === count || total + size > bytes)) {
      yield batch
      batch = []
      total = 0
    }
    batch.push(item)
    total += size
  }
  if (batch.length > 0) yield batch
}

/** About how many bytes a value has on its way: never far below, and quick. */
export function estimateBytes(value: unknown): number {
  if (typeof value === 'string') return 3 + Buffer.byteLength(value)
  if (!isObject(value)) return 9
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return 9 + value.byteLength
  let total = 9
  for (const key in value) total += 3 + key.length + estimateBytes((value as Record<string, unknown>)[key])
  if (value instanceof Set) for (const item of value) total += estimateBytes(item)
  return total
}
