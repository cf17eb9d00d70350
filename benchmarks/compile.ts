/**
 * What it costs to say something in SurrealQL: a queryset of three filters as text and bindings, without a database. surqlize is
 * asked the same. The contenders take turns; times are for one query.
 * `npm run benchmark -- compile`; `--share=0.1` takes a tenth of the turns.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { __display, displayContext, orm } from 'surqlize'
import { Surreal } from 'surrealdb'
import { compare } from './compare.js'
import { Measured } from './models.js'
import { person } from './surqlize-tables.js'

const { values } = parseArgs({ allowPositionals: true, options: { share: { type: 'string', default: '1' } } })
const turns = Math.max(1, Math.round(200 * Number(values.share)))
/** So few that a pass is done before another program gets the processor. */
const QUERIES = 200

const db = orm(new Surreal(), person)
let next = 0

const filtered = (age: number, key = 'age__gte') =>
  Measured.objects.filter({ [key as 'age__gte']: age, address__city: 'Paris', name__icontains: 'al' })
const same = filtered(18)

type Pass = () => unknown
const CASES: Readonly<Record<string, Readonly<Record<string, Pass>>>> = {
  'keys that were never asked': { ours: () => filtered(18, `ages__year${next++}__gte`).toSurrealQL() },
  'the same keys, other values': {
    ours: () => filtered(next++).toSurrealQL(),
    surqlize: () => {
      const context = displayContext()
      const query = db
        .select('person')
        .where((one) => one.age.gte(next++).and(one.address.city.eq('Paris')).and(one.name.lowercase().contains('al')))
      return { query: query[__display](context), bindings: context.variables }
    },
  },
  'the same queryset again': { ours: () => same.toSurrealQL() },
}

const contenders = ['ours', 'surqlize'].map((name) => ({
  name,
  async turn(what: string, count: number): Promise<readonly number[]> {
    const pass = CASES[what]![name]!
    return Array.from({ length: count }, () => {
      const begin = performance.now()
      for (let query = 0; query < QUERIES; query++) pass()
      return ((performance.now() - begin) * 1000) / QUERIES
    })
  },
}))

console.log(`### compile\n\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
console.log('| three filters | ours | p95 | surqlize | p95 |\n|---|--:|--:|--:|--:|')
for (const name of Object.keys(CASES)) {
  const able = contenders.filter((contender) => contender.name in CASES[name]!)
  for (const contender of able) await contender.turn(name, 100)
  const figures = await compare({ name, calls: 10, turns }, able)
  const cells = contenders.flatMap((contender) => {
    const one = figures.get(contender.name)
    return one ? [microseconds(one.median), microseconds(one.p95)] : ['', '']
  })
  console.log(`| ${[name, ...cells].join(' | ')} |`)
}
console.log()

function microseconds(value: number): string {
  return `${value.toFixed(2)} µs`
}
