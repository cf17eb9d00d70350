/**
 * What a row costs on this side, without a database: to make a document of it with change tracking, to check it, and to find that
 * nothing changed. Against a class written by hand and against zod alone, which take turns in one run; times are for one row.
 * `npm run benchmark -- fields`; `--share=0.1` takes a tenth of the turns.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { compare } from './compare.js'
import { Employee, employeeRecord } from './employees.js'
import { HandWrittenEmployee } from './hand-written-employee.js'
import { zodDocument, zodRecord } from './zod-employee.js'

const { values } = parseArgs({ allowPositionals: true, options: { share: { type: 'string', default: '1' } } })
const ROWS = 10_000
const turns = Math.max(1, Math.round(40 * Number(values.share)))

const records = Array.from({ length: ROWS }, (_, index) => employeeRecord(index))
const documents = records.map((record) => Employee.fromRecord(record))
const handWritten = records.map((record) => new HandWrittenEmployee(record))
const parsed = records.map((record) => zodRecord.parse(record))

type Pass = () => unknown
/** What each contender does with all rows. */
const CASES: Readonly<Record<string, Readonly<Record<string, Pass>>>> = {
  hydrate: {
    ours: () => records.map((record) => Employee.fromRecord(record)),
    'by hand': () => records.map((record) => new HandWrittenEmployee(record)),
    zod: () => records.map((record) => zodRecord.parse(record)),
  },
  validate: {
    ours: () => documents.forEach((document) => document.validateSync()),
    'by hand': () => handWritten.filter((one) => one.problems().length > 0),
    zod: () => parsed.forEach((one) => zodDocument.parse(one)),
  },
  'find no change': { ours: () => documents.filter((document) => document.isDirty) },
}

const contenders = Object.keys(CASES['hydrate']!).map((name) => ({
  name,
  async turn(what: string, count: number): Promise<readonly number[]> {
    const pass = CASES[what]![name]!
    return Array.from({ length: count }, () => {
      const begin = performance.now()
      pass()
      return ((performance.now() - begin) * 1000) / ROWS
    })
  },
}))

console.log(`### fields\n\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
console.log('| a row of 8 fields | ours | p95 | by hand | p95 | zod | p95 | ours / by hand | ours / zod |')
console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|')
for (const name of Object.keys(CASES)) {
  const able = contenders.filter((contender) => contender.name in CASES[name]!)
  const figures = await compare({ name, calls: 5, turns }, able)
  const all = contenders.map((contender) => figures.get(contender.name))
  const [ours, ...others] = all
  const times = all.flatMap((one) => (one ? [microseconds(one.median), microseconds(one.p95)] : ['', '']))
  const ratios = others.map((one) => (one ? `${(ours!.median / one.median).toFixed(2)} ×` : ''))
  console.log(`| ${[name, ...times, ...ratios].join(' | ')} |`)
}
console.log()

function microseconds(value: number): string {
  return `${value.toFixed(3)} µs`
}
