import { describe, expect, test } from '@jest/globals'
import { transformSync } from 'esbuild'
import fc from 'fast-check'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as surrealengine from '../../src/index.js'
import { createConnection, inspectDatabase, inspectDatabaseSync, schemaDiff, type ModelLike } from '../../src/index.js'
import { TAKEN_NAMES } from '../../src/migration/source-names.js'
import { everywhere, type Place } from '../support/everywhere.js'
import { removeDirectory } from '../support/remove-directory.js'
import { checkFile } from '../types/checked-file.js'

const sourceOf = async ({ connection, modeName }: Place): Promise<string> =>
  modeName === 'async' ? await inspectDatabase(connection) : inspectDatabaseSync(connection)

/** The models of a source, made as a user's compiler makes them. */
function modelsOf(source: string): ModelLike[] {
  const { code } = transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    target: 'es2022',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  })
  const module = { exports: {} as Record<string, ModelLike> }
  const run = new Function('require', 'module', code) as (require: () => object, module: object) => void
  run(() => surrealengine, module)
  return Object.values(module.exports).filter((made) => (made as { objects?: unknown }).objects !== undefined)
}

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
      const models = modelsOf(source)
      expect(models).toHaveLength(2)
      expect((await schemaDiff(place.connection, models)).differences).toEqual([])
    })

    test('says what no decorator can', async () => {
      const prefix = await define(
        place,
        `DEFINE TABLE PREFIX_odd TYPE ANY SCHEMAFULL;
         DEFINE FIELD a ON PREFIX_odd TYPE string DEFAULT 'x';
         DEFINE FIELD b ON PREFIX_odd TYPE string | int;
         DEFINE FIELD c ON PREFIX_odd TYPE string;
         DEFINE EVENT e ON PREFIX_odd WHEN true THEN {};
         DEFINE PARAM OVERWRITE $pi VALUE 3`,
      )
      const source = await sourceOf(place)
      await place.connection.query('REMOVE PARAM $pi')
      const left = source.split('\n').filter((line) => line.includes('not written: '))
      expect(left.map((line) => line.trim().replaceAll(prefix, 'PREFIX'))).toEqual([
        '// not written: DEFINE TABLE PREFIX_odd TYPE ANY SCHEMAFULL PERMISSIONS NONE',
        '// not written: DEFINE EVENT e ON PREFIX_odd WHEN true THEN { }',
        "// not written: DEFINE FIELD a ON PREFIX_odd TYPE string DEFAULT 'x' PERMISSIONS FULL",
        '// not written: DEFINE FIELD b ON PREFIX_odd TYPE string | int PERMISSIONS FULL',
        '// not written: DEFINE PARAM $pi VALUE 3 PERMISSIONS FULL',
      ])
      expect(source).toContain('@StringField({ required: true }) c!: string')
      expect(modelsOf(source)).toHaveLength(1)
    })

    test('an empty database has no models', async () => {
      await define(place, 'RETURN 1')
      expect((await sourceOf(place)).trim()).toBe('')
    })

    test('random tables', async () => {
      const type = fc.constantFrom('string', 'int', 'float', 'bool', 'datetime', 'record', 'array<string>')
      const name = fc.constantFrom(
        'a',
        'größe',
        '☃',
        'with space',
        '1',
        "it's",
        'back\\`tick',
        'dot.ted',
        'a__b',
        'revert',
      )
      const table = fc.dictionary(name, fc.record({ type, isRequired: fc.boolean() }), { noNullPrototype: true })
      for (const fields of fc.sample(table, 10)) {
        const statements = Object.entries(fields).map(
          ([field, { type: kind, isRequired }]) =>
            `DEFINE FIELD \`${field}\` ON PREFIX_random TYPE ${isRequired ? '' : 'none | null | '}${kind}`,
        )
        await define(place, ['DEFINE TABLE PREFIX_random TYPE NORMAL SCHEMAFULL', ...statements].join(';\n'))
        const source = await sourceOf(place)
        const { differences } = await schemaDiff(place.connection, modelsOf(source))
        if (differences.length > 0) throw new Error(JSON.stringify({ source, differences }, null, 2))
      }
    })
  },
  ['mem', 'ws'],
)

describe('the source', () => {
  test('has no mistake of type', async () => {
    const connection = await createConnection({ url: 'mem://', namespace: 'a', database: 'b', name: 'typed' }).connect()
    await connection.query(SCHEMA.replaceAll('PREFIX', 'typed'))
    const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-'))
    const file = path.join(directory, 'models.mts')
    writeFileSync(file, await inspectDatabase(connection))
    await connection.close()
    const settings = { experimentalDecorators: false, exactOptionalPropertyTypes: true }
    const { complaints } = checkFile(path.relative(path.join(__dirname, '../types'), file), settings)
    await removeDirectory(directory)
    expect(complaints).toEqual([])
  })

  test('names that documents use are known', () => {
    const names = new Set<string>()
    const base = (surrealengine.Document as unknown as () => { readonly prototype: object })()
    for (let each = base.prototype; each !== Object.prototype; each = Object.getPrototypeOf(each) as object)
      for (const name of Object.getOwnPropertyNames(each)) names.add(name)
    expect([...TAKEN_NAMES].sort()).toEqual([...names].sort())
  })
})
