import { expect, test } from '@jest/globals'
import {
  Access,
  Analyzer,
  DatabaseFunction,
  DatabaseParameter,
  DatabaseError,
  defineTables,
  defineTablesSync,
  IntField,
  ListField,
  FloatField,
  SchemaError,
  Sequence,
  StringField,
  surql,
  ValidationError,
  type CollectionOptions,
  type FieldDecorator,
  type ModelLike,
} from '../../../src/index.js'
import type { DefinedObject } from '../../../src/schema/defined-object.js'
import { everywhere, type Place } from '../../support/everywhere.js'
import { modelOf as untyped, type AnyDocument } from '../../support/fields/model-of.js'

type Fields = Readonly<Record<string, FieldDecorator<never>>>
const modelOf = (table: string, fields: object, options?: CollectionOptions) =>
  untyped(table, fields as Fields, options)

const english = new Analyzer('english `words`', {
  tokenizers: ['blank', 'class'],
  filters: ['lowercase', { snowball: 'english' }, { edgengram: [2, 10] }],
  comment: 'of articles',
})
const Article = modelOf(
  'select',
  {
    'title\n`🎉': StringField({ required: true, value: surql`string::trim($value)`, comment: 'it\'s "the" title' }),
    slug: StringField({ readonly: true, default: surql`${'slug-'} + <string>rand::int(1, 9)` }),
    rating: IntField({ assert: surql`$value = NONE OR $value IN ${[1, 2, 3]}`, index: { concurrently: true } }),
    text: StringField({ index: { fulltext: { analyzer: english, bm25: { k1: 1.5, b: 0.5 }, highlights: true } } }),
    tags: ListField(StringField(), { index: true }),
    position: ListField(FloatField(), { index: { hnsw: { dimension: 2, distance: 'cosine', type: 'f64', efc: 80 } } }),
    shout: StringField({ computed: surql`string::uppercase(text ?? "")` }),
    secret: StringField({ permissions: { select: false, update: surql`$auth.id = id` } }),
  },
  {
    schema: 'full',
    comment: 'articles; with "quotes"',
    permissions: { select: true, create: surql`$auth != NONE` },
    indexes: [
      { fields: ['slug', 'rating'], unique: true, comment: 'one of each' },
      { count: true },
      { count: surql`rating > ${1}`, name: 'good' },
    ],
    events: [
      {
        name: 'log it',
        when: surql`$event = ${'CREATE'}`,
        then: surql`LET $what = ${"it's new"}; CREATE schema_log SET what = $what, title = $after.text`,
      },
      { name: 'quietly', then: surql`CREATE schema_quiet`, asynchronous: { retry: 2, maxDepth: 3 } },
    ],
  },
)
const Log = modelOf('schema_log', { what: StringField(), title: StringField() }, { type: 'any' })
const Gone = modelOf(
  'schema_gone',
  { what: StringField() },
  { drop: true, changefeed: { expiry: '90m', includeOriginal: true } },
)
const Person = modelOf('schema_person', { name: StringField() }, { permissions: 'none' })
const Wrote = modelOf(
  'schema_wrote',
  { year: IntField() },
  { in: () => Person, out: () => [Article, Log], enforced: true },
)
const Bare = modelOf('schema_bare', {}, { type: 'relation' })
const PerRating = modelOf(
  'schema_per_rating',
  { rating: IntField(), total: IntField() },
  {
    view: surql`SELECT rating, count() AS total FROM \`select\` WHERE rating > ${1} GROUP BY rating`,
    indexes: [{ fields: ['total'] }],
  },
)
const Rated = modelOf(
  'schema_rated',
  { text: StringField() },
  { view: () => Article.objects.filter({ rating: 3 } as never) },
)

const double = new DatabaseFunction('schema::double', {
  arguments: { 'a b': IntField({ required: true, min: 0 }), times: IntField() },
  returns: IntField({ required: true }),
  body: surql`IF $\`a b\` > ${100} { THROW "too much" }; RETURN $\`a b\` * ($times ?? ${2})`,
  comment: 'two times',
})
const size = new DatabaseParameter('page size', { value: { rows: 50, of: ['a'] } })
const later = new DatabaseParameter('computed', { value: surql`1 + ${2}`, permissions: false })
const numbers = new Sequence('schema numbers', { start: 7, batch: 1 })
const account = new Access('schema account', {
  type: 'record',
  signUp: surql`CREATE schema_person SET name = $name, kind = ${'user'}`,
  signIn: surql`SELECT * FROM schema_person WHERE name = $name`,
  authenticate: surql`IF $auth.name = ${'mallory'} { THROW "not you" }; RETURN $auth`,
  duration: { token: '15m', session: null },
  comment: 'people',
})
const partner = new Access('schema partner', { type: 'jwt', algorithm: 'HS256', key: 'not "secret"' })
const robot = new Access('schema robot', { type: 'bearer', for: 'user', duration: { grant: '30d' } })

// what needs others comes first here
const EVERYTHING: readonly (ModelLike | DefinedObject)[] = [
  Rated, PerRating, Wrote, Bare, Article, Log, Gone, Person, double, size, later, numbers, account, partner, robot,
] // prettier-ignore

async function define(place: Place, what = EVERYTHING, overwrite = false): Promise<void> {
  const options = { connection: place.connection, overwrite }
  if (place.modeName === 'sync') defineTablesSync(what, options)
  else await defineTables(what, options)
}

/** Everything the database says of itself. */
async function info(place: Place): Promise<unknown> {
  const [database] = (await place.mode(place.connection).query('INFO FOR DB')) as [{ tables: Record<string, string> }]
  const tables = await place.mode(place.connection).query(
    Object.keys(database.tables)
      .map((table) => `INFO FOR TABLE \`${table}\``)
      .join(';'),
  )
  return { database, tables }
}

everywhere(
  'definitions',
  (place) => {
    const query = async (text: string, values?: Record<string, unknown>): Promise<readonly unknown[]> =>
      await place.mode(place.connection).query(text, values)
    const make = async (fields: object): Promise<AnyDocument> => await place.mode(Article).create(fields as never)

    test('are all applied in one round trip, and change nothing when they are applied again', async () => {
      const sent: string[] = []
      const stop = place.connection.on('query', (event) => sent.push(event.statement))
      await define(place)
      stop()
      expect(sent).toHaveLength(1)
      const first = await info(place)
      await define(place)
      expect(await info(place)).toEqual(first)
      await define(place, EVERYTHING, true)
      expect(await info(place)).toEqual(first)
      await place.mode(Article).defineTable({ connection: place.connection })
      expect(await info(place)).toEqual(first)
      expect(first).toMatchObject({
        database: {
          accesses: {
            'schema account': expect.any(String),
            'schema partner': expect.any(String),
            'schema robot': expect.any(String),
          },
          analyzers: { 'english `words`': expect.stringContaining('LOWERCASE, SNOWBALL(ENGLISH), EDGENGRAM(2,10)') },
          functions: { 'schema::double': expect.stringContaining('COMMENT') },
          params: { computed: expect.stringContaining('VALUE 3'), 'page size': expect.any(String) },
          sequences: { 'schema numbers': 'DEFINE SEQUENCE `schema numbers` BATCH 1 START 7' },
        },
      })
    })

    test('hold for documents', async () => {
      const made = await make({
        'title\n`🎉': '  A  ',
        rating: 2,
        text: 'Running dogs',
        tags: ['a', 'b'],
        position: [1, 0],
      })
      expect(made['title\n`🎉']).toBe('A')
      expect(made['slug']).toMatch(/^slug-\d$/)
      expect(made['shout']).toBe('RUNNING DOGS')
      await expect(make({ 'title\n`🎉': 'B', rating: 4 })).rejects.toThrow(SchemaError)
      await expect((async () => await query('UPDATE $id SET slug = "other"', { id: made.id }))()).rejects.toThrow(
        SchemaError,
      )
      expect(await query('SELECT VALUE [what, title] FROM schema_log')).toEqual([[["it's new", 'Running dogs']]])
    })

    test('are what queries use', async () => {
      await make({ 'title\n`🎉': 'B', rating: 3, text: 'Cats sleep', tags: ['b', 'c'], position: [0, 1] })
      const search = 'SELECT VALUE text FROM `select` WHERE text @1@ "running"'
      expect(await query(search)).toEqual([['Running dogs']])
      expect(await query(search.replace('VALUE text', 'VALUE search::highlight("<b>", "</b>", 1)'))).toEqual([
        ['<b>Running</b> dogs'],
      ])
      expect(await query('SELECT VALUE text FROM `select` WHERE position <|1,40|> [0.1, 0.9]')).toEqual([
        ['Cats sleep'],
      ])
      for (const [text, index] of [
        [search, 'select_text_fulltext'],
        ['SELECT * FROM `select` WHERE position <|1,40|> [0.1, 0.9]', 'select_position_hnsw'],
        ['SELECT * FROM `select` WHERE tags CONTAINS "c"', 'select_tags_index'],
        ['SELECT * FROM `select` WHERE rating = 3', 'select_rating_index'],
      ]) {
        expect(JSON.stringify(await query(`EXPLAIN ${text}`))).toContain(index)
      }
      expect(await place.mode(Article.objects.filter({ tags__contains: 'c' } as never)).count()).toBe(1)
    })

    test('make views', async () => {
      expect(await query('SELECT VALUE [rating, total] FROM schema_per_rating')).toEqual([
        [
          [2, 1],
          [3, 1],
        ],
      ])
      await make({ 'title\n`🎉': 'C', slug: 'c', rating: 3, text: 'x' })
      const [busiest] = await place.mode(PerRating.objects.orderBy('-total' as never)).all()
      expect(busiest).toMatchObject({ rating: 3, total: 2 })
      expect(await place.mode(Rated.objects).count()).toBe(2)
    })

    test('make relations', async () => {
      const ann = await place.mode(Person).create({ id: 'ann', name: 'Ann' } as never)
      const [article] = await place.mode(Article.objects.limit(1)).all()
      const relate = async (from: unknown, to: unknown): Promise<unknown> =>
        (await query('RELATE ONLY $from->schema_wrote->$to SET year = 2024', { from, to }))[0]
      expect(await relate(ann.id, article!.id)).toMatchObject({ in: ann.id, out: article!.id, year: 2024 })
      await expect(relate(article!.id, ann.id)).rejects.toThrow(DatabaseError)
      const [missing] = (await query('RETURN schema_person:missing')) as unknown[]
      await expect(relate(missing, article!.id)).rejects.toThrow(DatabaseError)
      await expect((async () => await query('CREATE schema_wrote'))()).rejects.toThrow(DatabaseError)
    })

    test('make tables that keep nothing', async () => {
      await query('CREATE schema_gone SET what = "x"')
      expect(await place.mode(Gone.objects).count()).toBe(0)
    })

    test('make functions with typed calls', async () => {
      expect(await place.mode(double).call({ 'a b': 4 })).toBe(8)
      expect(await place.mode(double).call({ 'a b': 4, times: 3 }, { connection: place.connection })).toBe(12)
      const call = async (values: object): Promise<unknown> => await place.mode(double).call(values)
      await expect(call({ 'a b': -1 })).rejects.toThrow(ValidationError)
      await expect(call({})).rejects.toThrow('fn::schema::double.a b: is required')
      await expect(call({ 'a b': 1, nope: 1 })).rejects.toThrow(
        'fn::schema::double.nope: is no argument of the function',
      )
      await expect(call({ 'a b': 101 })).rejects.toThrow(DatabaseError)
    })

    test('make parameters and sequences', async () => {
      expect(await query('RETURN $`page size`.rows + $computed')).toEqual([53])
      expect(
        await query('RETURN sequence::nextval("schema numbers"); RETURN sequence::nextval("schema numbers")'),
      ).toEqual([7, 8])
      await define(place)
      expect(await query('RETURN sequence::nextval("schema numbers")')).toEqual([9])
    })

    test('leave an index as it is, unless it is to be overwritten', async () => {
      const table = `schema_changed_${place.scheme}_${place.modeName}`
      const indexes = async (): Promise<unknown> =>
        ((await query(`INFO FOR TABLE ${table}`)) as [{ indexes: unknown }])[0].indexes
      const Before = modelOf(table, { a: StringField(), b: StringField() }, { indexes: [{ fields: ['a'], name: 'i' }] })
      await define(place, [Before])
      await query(`DEFINE INDEX OVERWRITE i ON ${table} FIELDS b`)
      await define(place, [Before])
      expect(await indexes()).toEqual({ i: `DEFINE INDEX i ON ${table} FIELDS b` })
      await define(place, [Before], true)
      expect(await indexes()).toEqual({ i: `DEFINE INDEX i ON ${table} FIELDS a` })
    })

    test('say which statement the database refused', async () => {
      const Wrong = modelOf(`schema_wrong_${place.scheme}_${place.modeName}`, {
        a: StringField({ value: surql`no::such::function($value)` }),
      })
      await expect(define(place, [Wrong])).rejects.toThrow(DatabaseError)
    })
  },
  ['mem', 'ws'],
)
