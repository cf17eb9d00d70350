/**
 * This package, in both modes, against the official driver and surqlize, on one engine or one server. The contenders take turns
 * on one machine in one run, so that a change of its speed meets all of them alike; read the ratios. `npm run benchmark` prints the
 * tables of docs/benchmarks.md; `npm run benchmark -- mem 'get by id'` runs a part, and `--share=0.1` a tenth of the turns.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { createConnection, type Connection, type PoolOptions } from '../src/index.js'
import { compare, type Figures } from './compare.js'
import { compareRush } from './compare-rush.js'
import { asyncContender, fill, syncContender } from './our-contenders.js'
import { openPlace } from './place.js'
import { driverContender } from './driver-contender.js'
import { AT_A_TIME, CASES, REMOTE_CASES, type Contender } from './workload.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { share: { type: 'string', default: '1' }, server: { type: 'string' } },
})
const [engine = 'mem', wantedCase] = positionals
const share = Number(values.share)
const place = await openPlace(engine, values.server)

const connect = async (name: string, pool: PoolOptions | false): Promise<Connection> => {
  const options = { url: place.url('ours'), namespace: 'benchmark', database: 'ours', name }
  return await createConnection({ ...options, ...(pool && { pool }) }).connect()
}
const connection = await connect('no pool', false)
await fill()
const raw = await driverContender('raw driver', 'raw-driver.js', [place.url('raw'), 'raw'])
const surqlize = await driverContender('surqlize', 'surqlize-driver.js', [place.url('surqlize'), 'surqlize'])
const [ours, blocking] = [asyncContender(connection), syncContender(connection)]
const contenders = [raw, surqlize, ours, blocking]

console.log(`### ${engine}\n`)
console.log(`${connection.serverVersion}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
console.log(
  `| case | ${contenders.map(({ name }) => `${name} | p95`).join(' | ')} | async / raw | surqlize / raw | sync / async |`,
)
console.log(`|---|${'--:|'.repeat(2 * contenders.length + 3)}`)
for (const one of place.isRemote ? REMOTE_CASES : CASES) {
  if (wantedCase !== undefined && wantedCase !== one.name) continue
  const turns = Math.max(1, Math.round(one.turns * share))
  const able = contenders.filter(({ cases }) => cases.includes(one.name))
  print(one.name, await compare({ ...one, turns }, able))
}
console.log()
if (place.isRemote && (wantedCase === undefined || wantedCase === 'rush')) await rush()
await raw.close()
await surqlize.close()
await connection.close()
await place.close()

/** Records got by id per second, with pools of several sizes. */
async function rush(): Promise<void> {
  const pools = await Promise.all([1, 4, 10].map((max) => connect(`pool ${max}`, { max, min: max })))
  const rates = await compareRush(
    [
      raw,
      ...[connection, ...pools].map((one) => asyncContender(one, `ours, ${one.name}`)),
      ...[connection, pools.at(-1)!].map((one) => syncContender(one, `ours, ${one.name}, sync`)),
    ],
    share,
  )
  console.log(`| calls per second (${engine}) | ${AT_A_TIME.map((count) => `${count} at a time`).join(' | ')} |`)
  console.log(`|---|${'--:|'.repeat(AT_A_TIME.length)}`)
  for (const [name, rate] of rates) {
    // a blocked thread makes one call at a time
    const shown = name.endsWith('sync') ? AT_A_TIME.slice(0, 1) : AT_A_TIME
    const cells = AT_A_TIME.map((count) => (shown.includes(count) ? rate.get(count)!.toFixed(0) : ''))
    console.log(`| ${[name, ...cells].join(' | ')} |`)
  }
  console.log()
  for (const one of pools) await one.close()
}

function print(name: string, results: ReadonlyMap<string, Figures>): void {
  const cells = contenders.flatMap((one) => {
    const figures = results.get(one.name)
    return figures ? [milliseconds(figures.median), milliseconds(figures.p95)] : ['', '']
  })
  const ratio = (over: Contender, under: Contender): string => {
    const [upper, lower] = [over, under].map((one) => results.get(one.name)?.median)
    return upper === undefined || lower === undefined ? '' : `${(upper / lower).toFixed(2)} ×`
  }
  console.log(`| ${[name, ...cells, ratio(ours, raw), ratio(surqlize, raw), ratio(blocking, ours)].join(' | ')} |`)
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(3) : value.toFixed(1)} ms`
}
