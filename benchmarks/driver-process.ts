/**
 * What the contenders that stand on the official driver have in common. Each has a process of its own: the native engine does
 * not survive two threads of one process, and the engine of surrealengine lives in a thread. The parent gives it its turns,
 * so only one runs at a time.
 */
import { createNodeEngines } from '@surrealdb/node'
import { createRemoteEngines, RecordId, Surreal, Table } from 'surrealdb'
import { WebSocket } from 'ws'
import { inParallel } from './in-parallel.js'
import { Turns } from './turns.js'
import { BATCH, MEMBERS_OF_EACH, row, TABLE_SIZE, TEAMS } from './workload.js'

const [url = '', database = ''] = process.argv.slice(2)

export const driver = new Surreal({
  engines: { ...createRemoteEngines(), ...createNodeEngines() },
  // Node 20 has none of its own
  websocketImpl: WebSocket as never,
})

/** What a contender does for each case that it knows, by the number of the call. */
export type Calls = Readonly<Record<string, (index: number) => PromiseLike<unknown>>>

/** What the parent asks for. */
export type DriverCommand =
  { readonly name: string; readonly count: number } | { readonly rush: number; readonly atATime: number }

/** Fills the tables, and makes calls when the parent asks for them. Each turn updates one record again and again. */
export async function serve(calls: Calls, update: (key: number, age: number) => PromiseLike<unknown>): Promise<void> {
  const turns = new Turns()
  const turn = (name: string, count: number): Promise<readonly number[]> => {
    const key = turns.next % TABLE_SIZE
    return turns.take(name, count, name === 'update one' ? (index) => update(key, index % 90) : calls[name]!)
  }
  process.on('message', (command: DriverCommand) => {
    const work: Promise<unknown> =
      'rush' in command
        ? inParallel(command.rush, command.atATime, async () => await calls['get by id']!(turns.next++))
        : turn(command.name, command.count)
    void work.then((times) => process.send!(times))
  })
  await driver.connect(url, { namespace: 'benchmark', database })
  await fill()
  process.send!(Object.keys(calls).concat('update one'))
}

/** Inserts rows, a batch at a time. */
export async function insertRows(
  insert: (rows: Record<string, unknown>[]) => PromiseLike<unknown>,
  make: (index: number) => Record<string, unknown>,
): Promise<void> {
  for (let begin = 0; begin < TABLE_SIZE; begin += BATCH)
    await insert(Array.from({ length: BATCH }, (_, index) => make(begin + index)))
}

async function fill(): Promise<void> {
  await insertRows(
    (rows) => driver.insert(new Table('person'), rows as never),
    (index) => ({ id: index, ...row(index) }),
  )
  const teams = Array.from({ length: TEAMS }, (_, index) => ({
    id: index,
    name: `team ${index}`,
    captain: new RecordId('person', index),
  }))
  await driver.insert(new Table('team'), teams as never)
  const members = Array.from({ length: TEAMS * MEMBERS_OF_EACH }, (_, index) => ({
    name: `member ${index}`,
    team: new RecordId('team', index % TEAMS),
  }))
  await driver.insert(new Table('member'), members as never)
}
