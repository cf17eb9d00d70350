import { expect, test } from '@jest/globals'
import * as surrealengine from '../../src/index.js'
import { inspectDatabase, inspectDatabaseSync, schemaDiff, UnsupportedError, type Connection } from '../../src/index.js'
import { TAKEN_NAMES } from '../../src/migration/source-names.js'
import { everywhere, type Place } from '../support/everywhere.js'
import { generatedFrom, leftOutOf } from '../support/inspected/generated-models.js'

const sourceOf = async ({ connection, modeName }: Place): Promise<string> =>
  modeName === 'async' ? await inspectDatabase(connection) : inspectDatabaseSync(connection)

/** A database of its own for each source: a model can be registered once. */
let count = 0
async function define({ connection }: Place, text: string): Promise<string> {
  const [{ tables }] = await connection.query<[{ tables: object }]>('INFO FOR DB')
  for (const table of Object.keys(tables)) await connection.query(`REMOVE TABLE \`${table}\``)
  const prefix = `inspected_${++count}`
  await connection.query(text.replaceAll('PREFIX', prefix))
  return prefix
}

const SCHEMA = `
  DEFINE TABLE PREFIX_person TYPE NORMAL SCHEMAFULL;
  DEFINE FIELD name ON PREFIX_person TYPE string;
  DEFINE FIELD age ON PREFIX_person TYPE none | null | int;
  DEFINE FIELD save ON PREFIX_person TYPE none | null | float;
  DEFINE FIELD \`with space\` ON PREFIX_person TYPE bool;
  DEFINE FIELD boss ON PREFIX_person TYPE none | null | record<PREFIX_person>;
  DEFINE FIELD tags ON PREFIX_person TYPE none | null | array<string>;
  DEFINE FIELD grid ON PREFIX_person TYPE array<array<int>>;
  DEFINE FIELD home ON PREFIX_person TYPE none | object;
  DEFINE FIELD home.city ON PREFIX_person TYPE string;
  DEFINE FIELD home.geo ON PREFIX_person TYPE object;
  DEFINE FIELD home.geo.lat ON PREFIX_person TYPE float;
  DEFINE FIELD visits ON PREFIX_person TYPE array<object>;
  DEFINE FIELD visits.*.at ON PREFIX_person TYPE datetime;
  DEFINE INDEX \`by name\` ON PREFIX_person FIELDS name, home.city UNIQUE;
  DEFINE INDEX PREFIX_age ON PREFIX_person FIELDS age;
  DEFINE TABLE \`PREFIX 2nd table\` TYPE NORMAL SCHEMALESS`

everywhere(
  'inspectDatabase',
  (place) => {
    test('gives models that compile, and define what the database has', async () => {
      await define(place, SCHEMA)
      const source = await sourceOf(place)
      expect(source).not.toContain('not written')
      const models = generatedFrom(source)
      expect(models).toHaveLength(2)
      expect((await schemaDiff(place.connection, models)).differences).toEqual([])
    })

    test('says what no model can', async () => {
      const prefix = await define(
        place,
        `DEFINE TABLE PREFIX_odd TYPE NORMAL SCHEMAFULL;
         DEFINE FIELD watched ON PREFIX_odd TYPE record<PREFIX_odd> REFERENCE ON DELETE THEN (DELETE $this);
         DEFINE FIELD first[0] ON PREFIX_odd TYPE int;
         DEFINE FIELD id ON PREFIX_odd TYPE string;
         DEFINE FIELD fine ON PREFIX_odd TYPE string;
         DEFINE TABLE PREFIX_all TYPE NORMAL SCHEMAFULL AS SELECT fine FROM PREFIX_odd;
         DEFINE FIELD fine ON PREFIX_all TYPE string;
         DEFINE INDEX whole ON PREFIX_all FIELDS fine;
         DEFINE TABLE PREFIX_edge TYPE RELATION IN PREFIX_odd OUT PREFIX_missing;
         DEFINE FIELD OVERWRITE in ON PREFIX_edge TYPE record<PREFIX_odd> ASSERT $value != NONE;
         DEFINE ACCESS OVERWRITE keyed ON DATABASE TYPE JWT ALGORITHM HS256 KEY 'top secret'`,
      )
      const source = await sourceOf(place)
      await place.connection.query('REMOVE ACCESS keyed ON DATABASE')
      const left = leftOutOf(source).map((definition) =>
        definition.replaceAll(prefix, 'PREFIX').replace(/ PERMISSIONS (FULL|NONE)$/, ''),
      )
      expect(left.sort()).toEqual([
        "DEFINE ACCESS keyed ON DATABASE TYPE JWT ALGORITHM HS256 KEY '[REDACTED]' WITH ISSUER KEY '[REDACTED]' DURATION FOR TOKEN 1h, FOR SESSION NONE",
        'DEFINE FIELD fine ON PREFIX_all TYPE string',
        'DEFINE FIELD first[0] ON PREFIX_odd TYPE int',
        'DEFINE FIELD id ON PREFIX_odd TYPE string',
        'DEFINE FIELD in ON PREFIX_edge TYPE record<PREFIX_odd> ASSERT $value != NONE',
        'DEFINE FIELD watched ON PREFIX_odd TYPE record<PREFIX_odd> REFERENCE ON DELETE THEN (DELETE $this)',
        'DEFINE INDEX whole ON PREFIX_all FIELDS fine',
        'DEFINE TABLE PREFIX_all TYPE NORMAL SCHEMAFULL AS SELECT fine FROM PREFIX_odd',
        'DEFINE TABLE PREFIX_edge TYPE RELATION IN PREFIX_odd OUT PREFIX_missing SCHEMALESS',
      ])
      expect(source).not.toContain('top secret')
      expect(source).toContain('@StringField({ required: true }) fine!: string')
      expect(generatedFrom(source)).toHaveLength(3)
    })

    test('an empty database has no models', async () => {
      await define(place, 'RETURN 1')
      expect((await sourceOf(place)).trim()).toBe('')
    })
  },
  ['mem', 'ws'],
)

test('names that documents use are known', () => {
  const names = new Set<string>()
  const base = (surrealengine.Document as unknown as () => { readonly prototype: object })()
  for (let each = base.prototype; each !== Object.prototype; each = Object.getPrototypeOf(each) as object)
    for (const name of Object.getOwnPropertyNames(each)) names.add(name)
  expect([...TAKEN_NAMES].sort()).toEqual([...names].sort())
})

test('a server that tells less is an error', () => {
  const old = { serverVersion: 'surrealdb-2.6.0' } as Connection
  expect(() => inspectDatabaseSync(old)).toThrow(UnsupportedError)
  expect(() => inspectDatabaseSync(old)).toThrow('needs SurrealDB 3.0')
})
