/**
 * How much memory a walk through a large table takes: the heap after garbage collection, as the walk begins, at a tenth, at half
 * and at the end. `npm run benchmark -- iterate`; `--share=0.1` takes a tenth of the rows.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createConnection } from '../src/index.js'
import { Person } from './models.js'
import { row } from './workload.js'

const { values } = parseArgs({ allowPositionals: true, options: { share: { type: 'string', default: '1' } } })
const ROWS = Math.round(100_000 * Number(values.share))
const INSERTED_AT_ONCE = 5_000
/** Large ones, as engine 3.0.2 reads all that is left of the table for each batch. */
const batchSize = 5_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const connection = await createConnection({ url: 'mem://', namespace: 'benchmark', database: 'ours' }).connect()
for (let begin = 0; begin < ROWS; begin += INSERTED_AT_ONCE) {
  const rows = Array.from({ length: Math.min(INSERTED_AT_ONCE, ROWS - begin) }, (_, index) => row(begin + index))
  await Person.objects.bulkCreate(rows.map((fields, index) => ({ id: begin + index, ...fields }) as never))
}

class Walk {
  readonly #heap: string[] = [heap()]
  readonly #begin = performance.now()
  #count = 0

  constructor(readonly name: string) {}

  /** One row more. */
  step({ name }: Person): void {
    if (name !== '') this.#count++
    if ([0.1, 0.5, 1].some((share) => this.#count === ROWS * share)) this.#heap.push(heap())
  }

  end(): void {
    const time = ((performance.now() - this.#begin) * 1000) / ROWS
    if (this.#count !== ROWS) throw new Error(`${this.#count} rows`)
    console.log(`| ${[this.name, ...this.#heap, `${time.toFixed(1)} µs`].join(' | ')} |`)
  }
}

console.log(`### iterate\n\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
console.log(`| ${ROWS.toLocaleString('en')} rows | heap before | at 10 % | at 50 % | at 100 % | per row |`)
console.log('|---|--:|--:|--:|--:|--:|')
const awaited = new Walk('iterate()')
for await (const person of Person.objects.iterate({ batchSize })) awaited.step(person)
awaited.end()
const blocking = new Walk('iterateSync()')
for (const person of Person.objects.iterateSync({ batchSize })) blocking.step(person)
blocking.end()
console.log()
await connection.close()

function heap(): string {
  collectGarbage()
  return `${(process.memoryUsage().heapUsed / 1024 / 1024).toFixed(1)} MB`
}
