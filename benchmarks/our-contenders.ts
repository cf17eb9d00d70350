import type { Connection } from '../src/index.js'
import { inParallel } from './in-parallel.js'
import { Person, Written } from './models.js'
import { row, TABLE_SIZE, type Contender } from './workload.js'

/** Fills the table that is read from. */
export async function fill(): Promise<void> {
  await Person.objects.bulkCreate(
    Array.from({ length: TABLE_SIZE }, (_, index) => ({ id: index, ...row(index) }) as never),
  )
}

/** This package, awaited. */
export function asyncContender(connection: Connection, name = 'ours, async'): Contender {
  let next = 0
  const calls: Record<string, (index: number) => Promise<unknown>> = {
    'RETURN 1': () => connection.query('RETURN 1'),
    'create one': (index) => Written.create(row(index) as never),
    'get by id': (index) => Person.get(index % TABLE_SIZE),
    '10 rows': () => Person.objects.limit(10).all(),
    '1,000 rows': () => Person.objects.limit(1_000).all(),
    '10,000 rows': () => Person.objects.limit(10_000).all(),
    'insert 10,000': () => Written.objects.bulkCreate(rows()),
  }
  return {
    name,
    async turn(what, count) {
      const person = await Person.get(next % TABLE_SIZE)
      const update = async (index: number): Promise<unknown> => {
        person.age = (person.age ?? 0) + 1 + (index % 3)
        return await person.save()
      }
      const call = what === 'update one' ? update : calls[what]!
      const times: number[] = []
      for (let index = 0; index < count; index++) {
        const begin = performance.now()
        await call(next++)
        times.push(performance.now() - begin)
      }
      return times
    },
    rush: (count, atATime) => inParallel(count, atATime, () => Person.get(next++ % TABLE_SIZE, { connection })),
    close: async () => {},
  }
}

/** This package, blocking. */
export function syncContender(connection: Connection, name = 'ours, sync'): Contender {
  let next = 0
  const calls: Record<string, (index: number) => unknown> = {
    'RETURN 1': () => connection.querySync('RETURN 1'),
    'create one': (index) => Written.createSync(row(index) as never),
    'get by id': (index) => Person.getSync(index % TABLE_SIZE),
    '10 rows': () => Person.objects.limit(10).allSync(),
    '1,000 rows': () => Person.objects.limit(1_000).allSync(),
    '10,000 rows': () => Person.objects.limit(10_000).allSync(),
    'insert 10,000': () => Written.objects.bulkCreateSync(rows()),
  }
  return {
    name,
    async turn(what, count) {
      const person = Person.getSync(next % TABLE_SIZE)
      const update = (index: number): unknown => {
        person.age = (person.age ?? 0) + 1 + (index % 3)
        return person.saveSync()
      }
      const call = what === 'update one' ? update : calls[what]!
      const times: number[] = []
      for (let index = 0; index < count; index++) {
        const begin = performance.now()
        call(next++)
        times.push(performance.now() - begin)
      }
      return times
    },
    async rush(count) {
      const begin = performance.now()
      for (let index = 0; index < count; index++) Person.getSync(next++ % TABLE_SIZE, { connection })
      return performance.now() - begin
    },
    close: async () => {},
  }
}

function rows() {
  return Array.from({ length: TABLE_SIZE }, (_, index) => row(index)) as never[]
}
