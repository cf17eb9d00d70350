import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  BooleanField,
  Collection,
  createConnection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  PermissionDeniedError,
  RecordIDField,
  schemaDiff,
  schemaDiffSync,
  StringField,
  surql,
  UnsupportedError,
  type ModelLike,
  type Connection,
  type FieldDecorator,
  type SchemaDiff,
} from '../../src/index.js'
import { everywhere, type Place } from '../support/everywhere.js'
import { modelOf } from '../support/fields/model-of.js'
import { startServer, type TestServer } from '../support/server/server.js'

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ required: true }) city!: string
  @ListField(StringField()) lines?: string[]
}

@Collection('diff_person', { schema: 'full', indexes: [{ fields: ['name', 'age'], name: 'by name' }] })
class Person extends Document<Person>() {
  @StringField({ required: true, unique: true }) name!: string
  @IntField() age?: number
  @ListField(StringField()) tags?: string[]
  @EmbeddedField(() => Address) address?: Address
  @ListField(EmbeddedField(() => Address)) homes?: Address[]
  @RecordIDField({ dbField: 'odd "name`' }) odd?: never
}

@Collection('diff pet')
class Pet extends Document<Pet>() {
  @StringField() name?: string
}

@Collection('diff_refused', { view: surql`SELECT name FROM diff_nowhere GROUP BY name` })
class Refused extends Document<Refused>() {
  @StringField() name?: string
}

const diffOf = async ({ connection, modeName }: Place, models: readonly ModelLike[]): Promise<SchemaDiff> =>
  modeName === 'async' ? await schemaDiff(connection, models) : schemaDiffSync(connection, models)

const summary = ({ differences }: SchemaDiff): string[] =>
  differences.map(({ change, kind, table, name, losesData }) =>
    [change, kind, ...(table === undefined ? [] : [table]), name, ...(losesData ? ['loses data'] : [])].join(' '),
  )

async function empty({ connection }: Place): Promise<void> {
  const [{ tables }] = await connection.query<[{ tables: object }]>('INFO FOR DB')
  for (const table of Object.keys(tables)) await connection.query(`REMOVE TABLE \`${table}\``)
}

async function databases({ connection }: Place): Promise<string[]> {
  const [names] = await connection.query<[string[]]>('RETURN object::keys((INFO FOR NS).databases)')
  return names
}

everywhere(
  'schemaDiff',
  (place) => {
    beforeEach(() => empty(place))

    test('an empty database lacks everything, and nothing once it was applied', async () => {
      const before = await diffOf(place, [Person, Pet])
      expect(summary(before).slice(0, 3)).toEqual([
        'missing table diff pet',
        'missing table diff_person',
        'missing field diff_person `odd "name\\``',
      ])
      expect(before.differences.every(({ change, losesData }) => change === 'missing' && !losesData)).toBe(true)
      expect(before.apply).toBe(before.applyAll)
      await place.connection.query(before.apply)
      expect(await diffOf(place, [Person, Pet])).toEqual({ differences: [], apply: '', applyAll: '' })
    })

    test('a database that the models defined has no differences', async () => {
      for (const model of [Person, Pet]) await place.mode(model).defineTable()
      expect(await diffOf(place, [Person, Pet, Person])).toEqual({ differences: [], apply: '', applyAll: '' })
    })

    test('what is otherwise, missing and besides is told, and what loses data is marked', async () => {
      await Person.defineTable()
      await place.connection.query(`
        DEFINE TABLE OVERWRITE diff_person TYPE NORMAL SCHEMALESS COMMENT 'SCHEMAFULL';
        DEFINE FIELD OVERWRITE age ON diff_person TYPE none | null | int | string;
        DEFINE FIELD OVERWRITE name ON diff_person TYPE 'a' | 'b';
        DEFINE FIELD nick ON diff_person TYPE string;
        REMOVE FIELD tags ON diff_person; REMOVE FIELD tags.* ON diff_person;
        REMOVE INDEX \`by name\` ON diff_person;
        DEFINE INDEX \`my own\` ON diff_person FIELDS nick;
        DEFINE EVENT loud ON diff_person WHEN true THEN {};
        DEFINE TABLE other;
        DEFINE FUNCTION fn::twice($n: int) { RETURN $n * 2 };
        DEFINE PARAM $pi VALUE 3`)
      const diff = await diffOf(place, [Person])
      expect(summary(diff)).toEqual([
        'extra event diff_person loud',
        'extra index diff_person my own',
        'extra field diff_person nick loses data',
        'extra table other loses data',
        'extra function twice',
        'extra param pi',
        'different table diff_person loses data',
        'different field diff_person age loses data',
        'different field diff_person name',
        'missing field diff_person tags',
        'missing field diff_person tags.*',
        'missing index diff_person by name',
      ])
      await place.connection.query(diff.apply)
      const rest = await diffOf(place, [Person])
      expect(rest.differences).toEqual(diff.differences.filter(({ losesData }) => losesData))
      await place.connection.query(diff.applyAll)
      expect((await diffOf(place, [Person])).differences).toEqual([])
    })

    test('records stay as they are', async () => {
      await Pet.defineTable()
      await Pet.create({ id: 'rex', name: 'Rex' })
      await diffOf(place, [Person])
      expect((await Pet.get('rex')).toObject()).toMatchObject({ name: 'Rex' })
      expect(summary(await diffOf(place, [Pet]))).toEqual([])
    })

    test('no scratch database is left, and others never see it', async () => {
      const before = await databases(place)
      const { database } = place.connection
      const work = [1, 2, 3, 4, 5].flatMap(() => [
        diffOf(place, [Person, Pet]),
        place.connection.query('RETURN session::db()').then(([name]) => name),
      ])
      const results = await Promise.all(work)
      const [first, ...others] = results.filter((_, index) => index % 2 === 0)
      for (const other of others) expect(other).toEqual(first)
      expect(results.filter((_, index) => index % 2 === 1)).toEqual([1, 2, 3, 4, 5].map(() => database))
      expect(await databases(place)).toEqual(before)
      const [now] = await place.connection.query('RETURN session::db()')
      expect(now).toBe(database)
    })

    test('nor after a definition that the database refuses', async () => {
      const before = await databases(place)
      await expect(diffOf(place, [Refused])).rejects.toThrow('diff_nowhere')
      expect(await databases(place)).toEqual(before)
      expect(summary(await diffOf(place, []))).toEqual([])
    })

    test('a class that is no model is refused', async () => {
      await expect(diffOf(place, [class Bare {}])).rejects.toMatchObject({ code: 'MODEL_NOT_DECORATED' })
    })

    test('within a transaction it is refused', async () => {
      await expect(place.connection.transaction(() => diffOf(place, [Pet]))).rejects.toThrow(UnsupportedError)
    })

    test('no models at all: everything is extra', async () => {
      await Pet.defineTable()
      expect(summary(await diffOf(place, []))).toEqual(['extra table diff pet loses data'])
    })

    describe('random models', () => {
      const field = fc.oneof(
        ...[StringField, IntField, FloatField, BooleanField, DateTimeField, RecordIDField].map((make) =>
          fc
            .record({ required: fc.boolean(), unique: fc.boolean(), index: fc.boolean() }, { requiredKeys: [] })
            .map((options) => make(options) as FieldDecorator<never>),
        ),
        fc.constant(ListField(StringField()) as FieldDecorator<never>),
        fc.constant(ListField(ListField(IntField())) as FieldDecorator<never>),
        fc.constant(EmbeddedField(() => Address) as unknown as FieldDecorator<never>),
        fc.constant(
          ListField(
            EmbeddedField(() => Address),
            { required: true },
          ) as unknown as FieldDecorator<never>,
        ),
      )
      const names = ['a', 'b', 'c', 'größe', '☃', 'with space', '1', "it's", 'back`tick', 'dot.ted', 'type', 'order']
      const model = fc.record({
        fields: fc.dictionary(fc.constantFrom(...names), field, { maxKeys: 6, noNullPrototype: true }),
        schema: fc.constantFrom('full' as const, 'less' as const),
      })
      let count = 0

      test('from any to any other: applied, and nothing is left to do', async () => {
        const pairs = fc.sample(fc.tuple(model, model), 25)
        for (const [before, after] of pairs) {
          await empty(place)
          const table = `diff random ${place.scheme} ${place.modeName} ${++count}`
          const From = modelOf(`${table} from`, before.fields, { schema: before.schema })
          const To = modelOf(`${table} to`, after.fields, { schema: after.schema })
          await place.connection.query(From.defineStatements().replaceAll(`${table} from`, `${table} to`))
          const { applyAll } = await diffOf(place, [To])
          if (applyAll) await place.connection.query(applyAll)
          const left = await diffOf(place, [To])
          if (left.differences.length > 0) throw new Error(JSON.stringify({ applyAll, left }, null, 2))
        }
      })
    })
  },
  ['mem', 'ws'],
)

describe('rights', () => {
  const PASSWORD = 'pass-w0rd'
  let server: TestServer
  let root: Connection
  beforeAll(async () => {
    server = await startServer({ requireAuth: true })
    root = await connect({ username: 'root', password: 'root' })
    await root.query(`
      DEFINE USER nora ON NAMESPACE PASSWORD "${PASSWORD}" ROLES EDITOR;
      DEFINE USER nina ON NAMESPACE PASSWORD "${PASSWORD}" ROLES VIEWER;
      DEFINE USER dan ON DATABASE PASSWORD "${PASSWORD}" ROLES OWNER`)
  })
  afterAll(async () => {
    await root.close()
    await server.stop()
  })

  const connect = (options: object): Promise<Connection> =>
    createConnection({
      url: server.wsUrl,
      namespace: 'rights',
      database: 'main',
      name: `rights-${JSON.stringify(options)}`,
      ...options,
    }).connect()

  test('a user of the namespace may compare', async () => {
    const nora = await connect({ auth: { namespace: 'rights', username: 'nora', password: PASSWORD } })
    expect(summary(await schemaDiff(nora, [Pet]))).toEqual(['missing table diff pet', 'missing field diff pet name'])
    await nora.close()
  })

  test.each([
    ['a viewer', { namespace: 'rights', username: 'nina', password: PASSWORD }],
    ['a user of the database', { namespace: 'rights', database: 'main', username: 'dan', password: PASSWORD }],
  ])('%s may not, and changes nothing', async (_, auth) => {
    const connection = await connect({ auth })
    const state = (): Promise<unknown> => root.query('INFO FOR DB; RETURN (INFO FOR NS).databases')
    const before = await state()
    await expect(schemaDiff(connection, [Pet])).rejects.toThrow(PermissionDeniedError)
    expect(() => schemaDiffSync(connection, [Pet])).toThrow(PermissionDeniedError)
    expect(await state()).toEqual(before)
    await connection.close()
  })
})
