/** A process that writes to a store in a directory is killed at some moment: every write it was told of is there. */
import { expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createConnection } from '../../src/index.js'
import { openPlace } from '../support/everywhere.js'
import { randomNumbers } from '../support/fault-proxy/schedule.js'

const PROGRAM = path.join(__dirname, '../integration/programs/write-until-killed.ts')
const ROUNDS = 3
/** Milliseconds of writing before the end comes. */
const LONGEST_LIFE = 600

/** The keys that a writer had been told of when it was killed, so long after the first one. */
async function acknowledgedBy(values: readonly string[], life: number): Promise<readonly string[]> {
  const writer = spawn(process.execPath, ['--import', 'tsx', PROGRAM, ...values], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  writer.stdout.on('data', (data: Buffer) => (output += String(data)))
  const ended = once(writer, 'close')
  await Promise.race([once(writer.stdout, 'data'), ended])
  await new Promise((resolve) => setTimeout(resolve, life))
  writer.kill('SIGKILL')
  const [, signal] = (await ended) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  // the last line may have been cut off
  return output.split('\n').slice(0, -1)
}

const CASES = (['surrealkv', 'rocksdb'] as const).flatMap((scheme) =>
  (['async', 'sync'] as const).map((modeName) => [scheme, modeName] as const),
)

test.each(CASES)('every acknowledged write is there after kill -9 (%s, %s)', async (scheme, modeName) => {
  const random = randomNumbers(scheme.length + modeName.length)
  const place = await openPlace(scheme)
  const acknowledged: string[] = []
  // each round goes on in the store that the one before has left behind
  for (let round = 1; round <= ROUNDS; round++) {
    const life = Math.floor(random() * LONGEST_LIFE)
    acknowledged.push(...(await acknowledgedBy([place.url, modeName, String(round)], life)))
  }
  const name = `killed-${scheme}-${modeName}`
  const connection = createConnection({ url: place.url, namespace: 'n', database: 'd', name }).connectSync()
  const [keys] = connection.querySync<[string[]]>('SELECT VALUE key FROM written')
  connection.closeSync()
  await place.release()

  const stored = new Set(keys)
  expect(stored.size).toBe(keys.length)
  expect(acknowledged.length).toBeGreaterThan(ROUNDS)
  expect(acknowledged.filter((key) => !stored.has(key))).toEqual([])
})
