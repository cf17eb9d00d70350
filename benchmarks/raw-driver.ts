/** The official driver by itself. */
import { RecordId, Table } from 'surrealdb'
import { driver, insertRows, serve } from './driver-process.js'
import { FOUND, row, TABLE_SIZE } from './workload.js'

const [person, written] = [new Table('person'), new Table('written')]

interface Team {
  readonly id: RecordId
}

interface Member {
  readonly team: RecordId
}

/** Each team with its members: two queries, as somebody writes them by hand. */
async function teamsWithMembers(): Promise<readonly Team[]> {
  const [teams] = await driver.query<[Team[]]>('SELECT * FROM team')
  const ids = teams.map(({ id }) => id)
  const [members] = await driver.query<[Member[]]>('SELECT * FROM member WHERE team IN $ids', { ids })
  const found = new Map(teams.map((team) => [String(team.id), { ...team, members: [] as Member[] }]))
  for (const member of members) found.get(String(member.team))?.members.push(member)
  return [...found.values()]
}

const filtered = 'SELECT * FROM person WHERE age >= $age AND address.city = $city ORDER BY score DESC LIMIT $limit'

await serve(
  {
    'RETURN 1': () => driver.query('RETURN 1').collect(),
    'create one': (index) => driver.create(written).content({ ...row(index) }),
    'get by id': (index) => driver.select(new RecordId('person', index % TABLE_SIZE)),
    '10 rows': () => driver.select(person).limit(10),
    '1,000 rows': () => driver.select(person).limit(1_000),
    '10,000 rows': () => driver.select(person).limit(10_000),
    'filter, order, limit': async () => (await driver.query<[unknown[]]>(filtered, FOUND))[0],
    '50 with links': async () => (await driver.query<[unknown[]]>('SELECT * FROM team FETCH captain'))[0],
    '50 with lists': teamsWithMembers,
    'insert 10,000': () =>
      insertRows(
        (rows) => driver.insert(written, rows as never),
        (index) => ({ ...row(index) }),
      ),
  },
  (key, age) => driver.update(new RecordId('person', key)).merge({ age }),
)
