/** Writes records as fast as it can, and says of each that it was acknowledged, until it is killed. */
import { writeSync } from 'node:fs'
import { createConnection } from '../../../src/index.js'

const [url = '', mode = '', round = ''] = process.argv.slice(2)
const connection = createConnection({ url, namespace: 'n', database: 'd' }).connectSync()
connection.querySync('DEFINE TABLE IF NOT EXISTS written')

const STATEMENT = 'CREATE written SET key = $key, text = $text'
const IN_FLIGHT = 8
let count = 0
const next = (): { readonly key: string; readonly text: string } => {
  const key = `${round}-${++count}`
  return { key, text: key.repeat(1 + (count % 50)) }
}

/** The reader of a pipe may lag behind; a write that returned is in its hands, whatever becomes of this process. */
function acknowledge(key: string): void {
  for (;;) {
    try {
      writeSync(1, `${key}\n`)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}

async function writeAsync(): Promise<never> {
  for (;;) {
    const record = next()
    await connection.query(STATEMENT, record)
    acknowledge(record.key)
  }
}

function writeBlocking(): never {
  for (;;) {
    const record = next()
    connection.querySync(STATEMENT, record)
    acknowledge(record.key)
  }
}

if (mode === 'sync') writeBlocking()
else await Promise.all(Array.from({ length: IN_FLIGHT }, writeAsync))
