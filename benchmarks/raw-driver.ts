/**
 * The official driver, with its own embedded engine or with a server, in a process of its own: the native engine does not
 * survive two threads of one process, and the engine of surrealengine lives in a thread. The parent gives it its turns, so
 * only one runs at a time.
 */
import { createNodeEngines } from '@surrealdb/node'
import { createRemoteEngines, RecordId, Surreal, Table } from 'surrealdb'
import { WebSocket } from 'ws'
import { inParallel } from './in-parallel.js'
import { BATCH, row, TABLE_SIZE } from './workload.js'

const driver = new Surreal({
  engines: { ...createRemoteEngines(), ...createNodeEngines() },
  // Node 20 has none of its own
  websocketImpl: WebSocket as never,
})
const [person, written] = [new Table('person'), new Table('written')]
let next = 0
/** Each turn updates one record again and again, as an open form of a program does. */
let updated = new RecordId('person', 0)

const calls: Record<string, (index: number) => Promise<unknown>> = {
  'RETURN 1': () => driver.query('RETURN 1').collect(),
  'create one': (index) => driver.create(written).content({ ...row(index) }),
  'get by id': (index) => driver.select(new RecordId('person', index % TABLE_SIZE)),
  'update one': (index) => driver.update(updated).merge({ age: index % 90 }),
  '10 rows': () => driver.select(person).limit(10),
  '1,000 rows': () => driver.select(person).limit(1_000),
  '10,000 rows': () => driver.select(person).limit(10_000),
  'insert 10,000': () => insert(written, (index) => ({ ...row(index) })),
}

async function insert(table: Table, make: (index: number) => Record<string, unknown>): Promise<void> {
  for (let begin = 0; begin < TABLE_SIZE; begin += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, index) => make(begin + index))
    await driver.insert(table, rows as never)
  }
}

async function turn(name: string, count: number): Promise<readonly number[]> {
  const call = calls[name]!
  updated = new RecordId('person', next % TABLE_SIZE)
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const begin = performance.now()
    await call(next++)
    times.push(performance.now() - begin)
  }
  return times
}

export type RawCommand =
  { readonly name: string; readonly count: number } | { readonly rush: number; readonly atATime: number }

process.on('message', (command: RawCommand) => {
  const work: Promise<unknown> =
    'rush' in command
      ? inParallel(command.rush, command.atATime, () => calls['get by id']!(next++))
      : turn(command.name, command.count)
  void work.then((times) => process.send!(times))
})

await driver.connect(process.argv[2]!, { namespace: 'benchmark', database: 'raw' })
await insert(person, (index) => ({ id: index, ...row(index) }))
process.send!('ready')
