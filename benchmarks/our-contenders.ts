import { Incoming, RecordId, type Connection } from '../src/index.js'
import { inParallel } from './in-parallel.js'
import { Member, Person, Team, Written } from './models.js'
import { Turns } from './turns.js'
import { CASES, FOUND, MEMBERS_OF_EACH, row, TABLE_SIZE, TEAMS, type Contender } from './workload.js'

const cases = CASES.map(({ name }) => name)

/** Fills the tables that are read from. */
export async function fill(): Promise<void> {
  await Person.objects.bulkCreate(rows((index) => ({ id: index, ...row(index) })))
  await Team.objects.bulkCreate(
    Array.from(
      { length: TEAMS },
      (_, index) => ({ id: index, name: `team ${index}`, captain: new RecordId('person', index) }) as never,
    ),
  )
  await Member.objects.bulkCreate(
    Array.from(
      { length: TEAMS * MEMBERS_OF_EACH },
      (_, index) => ({ name: `member ${index}`, team: new RecordId('team', index % TEAMS) }) as never,
    ),
  )
}

const found = Person.objects
  .filter({ age__gte: FOUND.age, address__city: FOUND.city })
  .orderBy('-score')
  .limit(FOUND.limit)
const withMembers = Team.objects.prefetch({ members: Incoming(Member.objects, 'team') })

/** This package, awaited. */
export function asyncContender(connection: Connection, name = 'ours, async'): Contender {
  const turns = new Turns()
  const calls: Record<string, (index: number) => Promise<unknown>> = {
    'RETURN 1': () => connection.query('RETURN 1'),
    'create one': (index) => Written.create(row(index) as never),
    'get by id': (index) => Person.get(index % TABLE_SIZE),
    '10 rows': () => Person.objects.limit(10).all(),
    '1,000 rows': () => Person.objects.limit(1_000).all(),
    '10,000 rows': () => Person.objects.limit(10_000).all(),
    'filter, order, limit': () => found.all(),
    '50 with links': () => Team.objects.fetch('captain').all(),
    '50 with lists': () => withMembers.all(),
    'insert 10,000': () => Written.objects.bulkCreate(rows(row)),
  }
  return {
    name,
    cases,
    async turn(what, count) {
      const person = await Person.get(turns.next % TABLE_SIZE)
      const update = async (index: number): Promise<unknown> => {
        person.age = (person.age ?? 0) + 1 + (index % 3)
        return await person.save()
      }
      return await turns.take(what, count, what === 'update one' ? update : calls[what]!)
    },
    rush: (count, atATime) => inParallel(count, atATime, () => Person.get(turns.next++ % TABLE_SIZE, { connection })),
    close: async () => {},
  }
}

/** This package, blocking. */
export function syncContender(connection: Connection, name = 'ours, sync'): Contender {
  const turns = new Turns()
  const calls: Record<string, (index: number) => unknown> = {
    'RETURN 1': () => connection.querySync('RETURN 1'),
    'create one': (index) => Written.createSync(row(index) as never),
    'get by id': (index) => Person.getSync(index % TABLE_SIZE),
    '10 rows': () => Person.objects.limit(10).allSync(),
    '1,000 rows': () => Person.objects.limit(1_000).allSync(),
    '10,000 rows': () => Person.objects.limit(10_000).allSync(),
    'filter, order, limit': () => found.allSync(),
    '50 with links': () => Team.objects.fetch('captain').allSync(),
    '50 with lists': () => withMembers.allSync(),
    'insert 10,000': () => Written.objects.bulkCreateSync(rows(row)),
  }
  return {
    name,
    cases,
    async turn(what, count) {
      const person = Person.getSync(turns.next % TABLE_SIZE)
      const update = (index: number): unknown => {
        person.age = (person.age ?? 0) + 1 + (index % 3)
        return person.saveSync()
      }
      return await turns.take(what, count, what === 'update one' ? update : calls[what]!)
    },
    async rush(count) {
      const begin = performance.now()
      for (let index = 0; index < count; index++) Person.getSync(turns.next++ % TABLE_SIZE, { connection })
      return performance.now() - begin
    },
    close: async () => {},
  }
}

function rows(make: (index: number) => object): never[] {
  return Array.from({ length: TABLE_SIZE }, (_, index) => make(index)) as never[]
}
