/**
 * How much memory and time a walk through a large table takes, by the size of its batches: the heap after garbage collection,
 * as the walk begins, at a tenth, at half and at the end. `npm run benchmark -- iterate surrealkv`; `--share=0.1` takes a tenth
 * of the rows.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createConnection } from '../src/index.js'
import { Person } from './models.js'
import { openPlace } from './place.js'
import { row } from './workload.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { share: { type: 'string', default: '1' } },
})
const [, engine = 'mem'] = positionals
const ROWS = Math.round(100_000 * Number(values.share))
const INSERTED_AT_ONCE = 5_000
const BATCH_SIZES = [100, 1_000, 5_000]

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const place = await openPlace(engine, undefined)
const connection = await createConnection({
  url: place.url('ours'),
  namespace: 'benchmark',
  database: 'ours',
}).connect()
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

console.log(
  `### iterate, ${engine}\n\n${connection.serverVersion}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`,
)
console.log(`| ${ROWS.toLocaleString('en')} rows | heap before | at 10 % | at 50 % | at 100 % | per row |`)
console.log('|---|--:|--:|--:|--:|--:|')
for (const batchSize of BATCH_SIZES) {
  const batches = `in batches of ${batchSize.toLocaleString('en')}`
  const awaited = new Walk(`iterate(), ${batches}`)
  for await (const person of Person.objects.iterate({ batchSize })) awaited.step(person)
  awaited.end()
  const blocking = new Walk(`iterateSync(), ${batches}`)
  for (const person of Person.objects.iterateSync({ batchSize })) blocking.step(person)
  blocking.end()
}
console.log()
await connection.close()
await place.close()

function heap(): string {
  collectGarbage()
  return `${(process.memoryUsage().heapUsed / 1024 / 1024).toFixed(1)} MB`
}
