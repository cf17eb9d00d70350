/**
 * This package, in both modes, against the official driver, on one engine. The contenders take turns on one machine in one
 * run, so that a change of its speed meets all of them alike; read the ratios. `npm run benchmark` prints the tables of
 * docs/benchmarks.md; `npm run benchmark -- mem 'get by id'` runs a part.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { createConnection } from '../src/index.js'
import { compare, type Figures } from './compare.js'
import { asyncContender, fill, syncContender } from './our-contenders.js'
import { rawContender } from './raw-contender.js'
import { CASES, type Contender } from './workload.js'

const [engine = 'mem', wantedCase] = process.argv.slice(2)
const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-benchmark-'))
const url = (who: string): string => (engine === 'mem' ? 'mem://' : `${engine}:${directory}/${who}`)

const connection = await createConnection({ url: url('ours'), namespace: 'benchmark', database: 'ours' }).connect()
await fill()
const contenders = [await rawContender(url('raw')), asyncContender(connection), syncContender(connection)]

console.log(`### ${engine}\n`)
console.log(`${connection.serverVersion}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
console.log('| case | raw driver | p95 | ours, async | p95 | ours, sync | p95 | async / raw | sync / async |')
console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|')
for (const one of CASES) {
  if (wantedCase === undefined || wantedCase === one.name) print(one.name, await compare(one, contenders), contenders)
}
console.log()
for (const contender of contenders) await contender.close()
await connection.close()
rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })

function print(name: string, results: ReadonlyMap<string, Figures>, contenders: readonly Contender[]): void {
  const [raw, ours, blocking] = contenders.map((contender) => results.get(contender.name)!)
  const cells = [raw!, ours!, blocking!].flatMap(({ median, p95 }) => [milliseconds(median), milliseconds(p95)])
  const ratios = [ours!.median / raw!.median, blocking!.median / ours!.median].map((ratio) => `${ratio.toFixed(2)} ×`)
  console.log(`| ${[name, ...cells, ...ratios].join(' | ')} |`)
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(3) : value.toFixed(1)} ms`
}
