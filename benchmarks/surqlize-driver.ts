/** surqlize, the official query builder with typed schemas, on the official driver. */
import { RecordId } from 'surrealdb'
import { orm } from 'surqlize'
import { driver, insertRows, serve } from './driver-process.js'
import { person, team, written } from './surqlize-tables.js'
import { FOUND, row, TABLE_SIZE } from './workload.js'

const db = orm(driver, person, written, team)

await serve(
  {
    'create one': (index) => db.create('written').content({ ...row(index) }),
    'get by id': (index) => db.select(new RecordId('person', index % TABLE_SIZE)),
    '10 rows': () => db.select('person').limit(10),
    '1,000 rows': () => db.select('person').limit(1_000),
    '10,000 rows': () => db.select('person').limit(10_000),
    'filter, order, limit': () =>
      db
        .select('person')
        .where(({ age, address }) => age.gte(FOUND.age).and(address.city.eq(FOUND.city)))
        .orderBy('score', 'DESC')
        .limit(FOUND.limit),
    '50 with links': () => db.select('team').fetch('captain'),
    'insert 10,000': () =>
      insertRows(
        (rows) => db.insert('written', rows as never),
        (index) => ({ ...row(index) }),
      ),
  },
  (key, age) => db.update('person', key).merge({ age }),
)
