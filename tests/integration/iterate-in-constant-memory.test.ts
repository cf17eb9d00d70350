import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Collection, Document, IntField, StringField, type Connection } from '../../src/index.js'
import { inMemory } from '../support/in-memory.js'

@Collection('stream_row')
class StreamRow extends Document<StreamRow>() {
  @StringField() text?: string
  @IntField() place?: number
}

const ROWS = 20_000
const MEGABYTE = 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const heapUsed = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

let connection: Connection
beforeAll(async () => {
  connection = await inMemory('constant-memory', { makeDefault: true }).connect()
  await StreamRow.defineTable()
  const insert = (start: number): string =>
    `INSERT INTO stream_row (array::range(${start}, ${start + 100}).map(|$i| { id: $i, place: $i, text: string::repeat("x", 100) })) RETURN NONE`
  const starts = Array.from({ length: ROWS / 100 }, (_, index) => index * 100)
  await connection.query(starts.map(insert).join(';'))
})
afterAll(() => connection.close())

test('the heap stays flat, however many rows there are', async () => {
  let count = 0
  let most = 0
  let before = 0
  const measure = (row: StreamRow): void => {
    count += row.text!.length === 100 ? 1 : 0
    if (count === 4_000) before = heapUsed()
    if (count > 4_000 && count % 4_000 === 0) most = Math.max(most, heapUsed())
  }
  for await (const row of StreamRow.objects.iterate({ batchSize: 2_000 })) measure(row)
  expect(count).toBe(ROWS)
  // all rows together take more than 20 MB
  expect((most - before) / MEGABYTE).toBeLessThan(4)
  count = 0
  for (const row of StreamRow.objects.iterateSync({ batchSize: 5_000 })) measure(row)
  expect(count).toBe(ROWS)
}, 60_000)

test('small batches give every row, once and in order', async () => {
  let count = 0
  for await (const { place } of StreamRow.objects.values('place').iterate({ batchSize: 100 }))
    count += place === count ? 1 : 0
  expect(count).toBe(ROWS)
}, 120_000)
