/**
 * `npm run benchmark`: this package, in both modes, against the official driver. The contenders take turns on one machine in
 * one run, so that a change of its speed meets all of them alike; read the ratios. Prints the table of docs/benchmarks.md.
 * `npm run benchmark -- mem 'get by id'` runs a part.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { createConnection } from '../src/index.js'
import { compare, type Figures } from './compare.js'
import { asyncContender, fill, syncContender } from './our-contenders.js'
import { rawContender } from './raw-contender.js'
import { CASES, type Contender } from './workload.js'

const [wantedEngine, wantedCase] = process.argv.slice(2)
const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-benchmark-'))

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
for (const engine of ['mem', 'surrealkv']) {
  if (wantedEngine === undefined || wantedEngine === engine) await run(engine)
}
rmSync(directory, { recursive: true, force: true })

async function run(engine: string): Promise<void> {
  const url = (who: string): string => (engine === 'mem' ? 'mem://' : `${engine}:${directory}/${who}`)
  const options = { url: url('ours'), namespace: 'benchmark', database: 'ours', name: engine, makeDefault: true }
  const connection = await createConnection(options).connect()
  await fill()
  const contenders = [await rawContender(url('raw')), asyncContender(connection), syncContender(connection)]

  console.log(`### ${engine} (${connection.serverVersion})\n`)
  console.log('| case | raw driver | p95 | ours, async | p95 | ours, sync | p95 | async / raw | sync / async |')
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|')
  for (const one of CASES) {
    if (wantedCase === undefined || wantedCase === one.name) print(one.name, await compare(one, contenders), contenders)
  }
  console.log()
  for (const contender of contenders) await contender.close()
  await connection.close()
}

function print(name: string, results: ReadonlyMap<string, Figures>, contenders: readonly Contender[]): void {
  const [raw, ours, blocking] = contenders.map((contender) => results.get(contender.name)!)
  const cells = [raw!, ours!, blocking!].flatMap(({ median, p95 }) => [milliseconds(median), milliseconds(p95)])
  const ratios = [ours!.median / raw!.median, blocking!.median / ours!.median].map((ratio) => `${ratio.toFixed(2)} ×`)
  console.log(`| ${[name, ...cells, ...ratios].join(' | ')} |`)
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(3) : value.toFixed(1)} ms`
}
