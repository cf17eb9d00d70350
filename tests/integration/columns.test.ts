import assert from 'node:assert/strict'
import { expect, test } from '@jest/globals'
import { tableFromIPC, tableToIPC, Table, type RecordBatch } from 'apache-arrow'
import * as arrow from 'apache-arrow'
import fc from 'fast-check'
import {
  Analyzer,
  AnyField,
  Avg,
  BigIntField,
  BooleanField,
  BytesField,
  ChoiceField,
  Collection,
  Count,
  createConnection,
  DateTime,
  DateTimeField,
  Decimal,
  DecimalField,
  DictField,
  Document,
  Duration,
  DurationField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  GeometryPoint,
  IntField,
  ListField,
  PointField,
  RecordId,
  ReferenceField,
  SetField,
  StringField,
  UUIDField,
  Uuid,
  VectorField,
  type Ref,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { loadArrow } from '../../src/connection/arrow-library.js'

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField() city?: string
  @IntField({ dbField: 'no' }) number?: number
}

const words = new Analyzer('columns_words', { tokenizers: ['class'], filters: ['lowercase'] })

@Collection('columns_person')
class Person extends Document<Person>() {
  @StringField({ dbField: 'full_name', index: { fulltext: { analyzer: words } } }) name?: string
  @IntField() age?: number
  @EmbeddedField(() => Address) address?: Address
  @ReferenceField(() => Person) boss?: Ref<Person>
}

@Collection('columns_everything')
class Everything extends Document<Everything>() {
  @IntField() int?: number
  @BigIntField() bigint?: bigint
  @FloatField() float?: number
  @DecimalField() decimal?: Decimal
  @BooleanField() boolean?: boolean
  @StringField() text?: string
  @ChoiceField(['a', 'b']) choice?: 'a' | 'b'
  @DateTimeField({ precision: 'nanosecond' }) at?: DateTime
  @DateTimeField() day?: Date
  @DurationField() lasts?: Duration
  @UUIDField() uuid?: Uuid
  @BytesField() bytes?: Uint8Array
  @ReferenceField(() => Person) person?: Ref<Person>
  @ListField(StringField()) tags?: string[]
  @SetField(IntField()) numbers?: Set<number>
  @ListField(ListField(DateTimeField())) days?: Date[][]
  @EmbeddedField(() => Address) address?: Address
  @ListField(EmbeddedField(() => Address)) addresses?: Address[]
  @VectorField(3) vector?: number[]
  @VectorField(2, { type: 'I64' }) counts?: number[]
  @PointField() point?: GeometryPoint
  @DictField(IntField()) scores?: Record<string, number>
  @AnyField() any?: unknown
}

const FULL = {
  id: 'full',
  int: 7,
  bigint: 2n ** 62n,
  float: 1.5,
  decimal: new Decimal('1.10'),
  boolean: true,
  text: 'é😀',
  choice: 'b' as const,
  at: new DateTime('1969-12-31T23:59:59.999999999Z'),
  day: new Date('2024-01-02T03:04:05.006Z'),
  lasts: new Duration('1h5ns'),
  uuid: new Uuid('018f4e3e-1111-7000-8000-000000000000'),
  bytes: new Uint8Array([1, 0, 255]),
  person: new RecordId('columns_person', 'ann'),
  tags: ['a', '', 'c'],
  numbers: new Set([1, 2]),
  days: [[new Date(0)], []],
  address: new Address({ city: 'Paris', number: 3 }),
  addresses: [new Address({ city: 'Oslo' }), new Address({ number: 1 })],
  vector: [1, 2.5, -3],
  counts: [1, -2],
  point: new GeometryPoint([1, 2]),
  scores: { x: 1 },
  any: ['text', { b: 1 }],
}

/** What is in a table, with what Arrow has classes for as plain values. */
const shown = (table: Table): unknown =>
  JSON.parse(
    JSON.stringify(table.toArray(), (_, value: unknown) =>
      typeof value === 'bigint'
        ? `${value}n`
        : ArrayBuffer.isView(value)
          ? Array.from(value as Uint8Array, String)
          : value,
    ),
  )

everywhere(
  'columns',
  (place) => {
    const { mode } = place

    const all = Person.objects.orderBy('id')
    const people = async (): Promise<void> => {
      await mode(place.connection).query('REMOVE TABLE IF EXISTS columns_person')
      await mode(Person).defineTable()
      await mode(Person.objects).bulkCreate([
        { id: 'ann', name: 'Ann', age: 30, address: new Address({ city: 'Paris' }) },
        { id: 'bob', name: 'Bob', boss: new RecordId('columns_person', 'ann') },
      ])
    }

    test('are the fields of documents, or what was asked for', async () => {
      await people()
      const [ann, bob] = ['ann', 'bob'].map((key) => new RecordId('columns_person', key))
      const columns = await mode(all).toColumns()
      expect(Object.keys(columns)).toEqual(['id', 'name', 'age', 'address', 'boss'])
      expect(columns).toMatchObject({
        id: [ann, bob],
        name: ['Ann', 'Bob'],
        age: [30, undefined],
        boss: [undefined, ann],
      })
      expect(columns.address[0]).toBeInstanceOf(Address)
      expect(await mode(all.only('name')).toColumns()).toEqual({ id: [ann, bob], name: ['Ann', 'Bob'] })
      expect(await mode(all.values('age', 'address__city', 'boss__name')).toColumns()).toEqual({
        age: [30, undefined],
        address__city: ['Paris', undefined],
        boss__name: [undefined, 'Ann'],
      })
      expect(await mode(all.annotate({ length: 'name__len' }).only('name')).toColumns()).toMatchObject({
        length: [3, 3],
      })
      expect(await mode(Person.objects.values('age').distinct().orderBy('age')).toColumns()).toEqual({
        age: [undefined, 30],
      })
      expect(await mode(all.filter({ name: 'x' }).values('name', 'age')).toColumns()).toEqual({ name: [], age: [] })
      const groups = Person.objects
        .groupBy('name')
        .aggregate({ people: Count(), mean: Avg('age') })
        .orderBy('name')
      expect(await mode(groups).toColumns()).toEqual({ name: ['Ann', 'Bob'], people: [1, 1], mean: [30, null] })
    })

    test('hold what a search says of each', async () => {
      await people()
      const found = Person.objects.search('ann', { fields: ['name'] })
      const { name, score } = await mode(found).toColumns()
      expect(name).toEqual(['Ann'])
      expect(score).toEqual([expect.any(Number)])
      const table = await mode(found).toArrow()
      expect(String(table.schema.fields.at(-1))).toBe('score: Float64')
      expect(table.getChild('score')!.get(0)).toBe(score[0])
    })

    test('come in batches', async () => {
      await people()
      await mode(Person.objects).bulkCreate(Array.from({ length: 10 }, (_, age) => ({ name: 'Cid', age })))
      const cids = Person.objects.filter({ name: 'Cid' }).orderBy('age').values('age')
      const found: (number | undefined)[][] = []
      const batches = place.modeName === 'sync' ? cids.columnBatchesSync({ size: 4 }) : cids.columnBatches({ size: 4 })
      for await (const { age } of batches) found.push(age)
      expect(found).toEqual([
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9],
      ])
      const parts: RecordBatch[] = []
      for await (const part of place.modeName === 'sync'
        ? cids.arrowBatchesSync({ size: 4 })
        : cids.arrowBatches({ size: 4 }))
        parts.push(part)
      expect(parts.map(({ numRows }) => numRows)).toEqual([4, 4, 2])
      const whole = new Table(parts)
      expect(tableFromIPC(tableToIPC(whole)).getChild('age')!.toArray()).toEqual(
        BigInt64Array.from({ length: 10 }, (_, age) => BigInt(age)),
      )
      const none = Person.objects.filter({ name: 'x' })
      for await (const part of place.modeName === 'sync' ? none.arrowBatchesSync() : none.arrowBatches())
        assert.fail(String(part))
    })

    test('are of the types of their fields in a table of Arrow', async () => {
      await mode(Everything).create(FULL)
      await mode(Everything).create({ id: 'none' })
      const table = await mode(Everything.objects.orderBy('id')).toArrow()
      expect(table).toBeInstanceOf(Table)
      expect(Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]))).toEqual({
        id: 'Utf8',
        int: 'Int64',
        bigint: 'Int64',
        float: 'Float64',
        decimal: 'Utf8',
        boolean: 'Bool',
        text: 'Utf8',
        choice: 'Utf8',
        at: 'Timestamp<NANOSECOND, UTC>',
        day: 'Timestamp<NANOSECOND, UTC>',
        lasts: 'Utf8',
        uuid: 'Utf8',
        bytes: 'Binary',
        person: 'Utf8',
        tags: 'List<Utf8>',
        numbers: 'List<Int64>',
        days: 'List<List<Timestamp<NANOSECOND, UTC>>>',
        address: 'Struct<{city:Utf8, number:Int64}>',
        addresses: 'List<Struct<{city:Utf8, number:Int64}>>',
        vector: 'FixedSizeList[3]<Float32>',
        counts: 'FixedSizeList[2]<Int64>',
        point: 'Utf8',
        scores: 'Utf8',
        any: 'Utf8',
      })
      const [full, none] = shown(tableFromIPC(tableToIPC(table))) as Record<string, unknown>[]
      expect(shown(table)).toEqual([full, none])
      expect(full).toMatchObject({
        id: 'columns_everything:full',
        int: '7n',
        bigint: `${2n ** 62n}n`,
        float: 1.5,
        decimal: '1.1',
        boolean: true,
        text: 'é😀',
        choice: 'b',
        lasts: '1h5ns',
        uuid: '018f4e3e-1111-7000-8000-000000000000',
        bytes: ['1', '0', '255'],
        person: 'columns_person:ann',
        tags: ['a', '', 'c'],
        address: { city: 'Paris', number: '3n' },
        addresses: [
          { city: 'Oslo', number: null },
          { city: null, number: '1n' },
        ],
        vector: [1, 2.5, -3],
        counts: ['1n', '-2n'],
        point: '{"type":"Point","coordinates":[1,2]}',
        scores: '{"x":1}',
        any: '["text",{"b":1}]',
      })
      // the reader of Arrow's timestamps gives milliseconds; what is stored is exact
      const stored = (name: string): BigInt64Array => table.getChild(name)!.data[0]!.values as BigInt64Array
      expect([stored('at')[0], stored('day')[0]]).toEqual([-1n, 1_704_164_645_006_000_000n])
      expect(Object.entries(none!).filter(([name, value]) => name !== 'id' && value !== null)).toEqual([])
    })

    test('what a table of Arrow is asked for is what it has, also when there is nothing', async () => {
      await people()
      const asked = await mode(all.values('age', 'boss__name')).toArrow()
      expect(asked.schema.fields.map(String)).toEqual(['age: Int64', 'boss__name: Utf8'])
      expect(shown(asked)).toEqual([
        { age: '30n', boss__name: null },
        { age: null, boss__name: 'Ann' },
      ])
      const empty = await mode(all.filter({ name: 'x' }).values('age')).toArrow()
      expect([empty.numRows, empty.schema.fields.map(String)]).toEqual([0, ['age: Int64']])
      expect(tableFromIPC(tableToIPC(empty)).numRows).toBe(0)
      const groups = Person.objects
        .groupBy('name')
        .aggregate({ people: Count(), mean: Avg('age') })
        .orderBy('name')
      const table = await mode(groups).toArrow({ arrow })
      expect(table.schema.fields.map(String)).toEqual(['name: Utf8', 'people: Int64', 'mean: Float64'])
      expect(shown(table)).toEqual([
        { name: 'Ann', people: '1n', mean: 30 },
        { name: 'Bob', people: '1n', mean: null },
      ])
    })

    test('a stored value that is none of its field is an error, and names no value', async () => {
      await mode(place.connection).query(
        "REMOVE TABLE IF EXISTS columns_everything; CREATE columns_everything SET int = 'se' + 'cret'",
      )
      const message = 'Everything.int: the database holds a value that has no place in a column of this type'
      const work = (async () => await mode(Everything.objects.values('int')).toArrow())()
      await expect(work).rejects.toThrow(message)
      await expect(work).rejects.not.toThrow('secret')
      for (const value of ['1.5', '[1]', '{ a: 1 }', "d'2024-01-01T00:00:00Z'"]) {
        await mode(place.connection).query(`UPDATE columns_everything SET int = ${value}`)
        await expect((async () => await mode(Everything.objects.values('int')).toArrow())()).rejects.toThrow(message)
      }
      for (const [name, value] of [
        ['vector', '[1, 2]'],
        ['at', "d'2300-01-01T00:00:00Z'"],
        ['boolean', '1'],
        ['tags', '1'],
        ['address', '1'],
        ['bytes', "'x'"],
        ['float', "'x'"],
      ] as const) {
        await mode(place.connection).query(`UPDATE columns_everything SET ${name} = ${value}`)
        await expect((async () => await mode(Everything.objects.values(name)).toArrow())()).rejects.toThrow(
          `Everything.${name}:`,
        )
      }
      await mode(place.connection).query('REMOVE TABLE columns_everything')
    })

    test('they are cached like other reads, and ask the same question', async () => {
      await people()
      const cached = all.cache()
      const hits = place.connection.cache.hits
      for (let turn = 0; turn < 2; turn++) {
        expect((await mode(cached).toColumns()).name).toEqual(['Ann', 'Bob'])
        expect((await mode(cached).toArrow()).numRows).toBe(2)
      }
      expect(place.connection.cache.hits).toBe(hits + 3)
    })
  },
  ['mem', 'ws'],
)

test('what has no names, or holds documents, has no columns', async () => {
  const connection = await createConnection({ url: 'mem://', namespace: 'n', database: 'd', name: 'columns' }).connect()
  const objects = Person.objects.using(connection)
  expect(() => objects.pluck('name').toColumnsSync()).toThrow("ask for values('name') instead of pluck()")
  await expect(objects.fetch('boss').toArrow()).rejects.toThrow('columns hold no documents')
  expect(() => objects.prefetch('boss').columnBatchesSync().next()).toThrow('columns hold no documents')
  await connection.close()
})

test('without the package, it is said what to install', () => {
  expect(() => loadArrow(['/nowhere/program.js'])).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining('npm install apache-arrow') }),
  )
})

test('whatever the rows are, columns and tables hold their values', async () => {
  const connection = await createConnection({
    url: 'mem://',
    namespace: 'n',
    database: 'd',
    name: 'columns-random',
  }).connect()
  await Everything.defineTable({ connection })
  const objects = Everything.objects.using(connection).orderBy('id')
  const may = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
  const row = fc.record({
    int: may(fc.maxSafeInteger()),
    bigint: may(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
    float: may(fc.double({ min: -1e15, max: 1e15, noNaN: true })),
    boolean: may(fc.boolean()),
    text: may(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))),
    bytes: may(fc.uint8Array({ maxLength: 5 })),
    tags: may(
      fc.array(
        fc.string({ maxLength: 3 }).filter((text) => !text.includes('\0')),
        { maxLength: 3 },
      ),
    ),
    address: may(
      fc.record({ city: may(fc.constantFrom('Paris', '')), number: may(fc.nat()) }).map((each) => new Address(each)),
    ),
    vector: may(fc.tuple(fc.float({ min: -1000, max: 1000, noNaN: true }), fc.nat(9), fc.nat(9))),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 70 }), async (rows) => {
      await connection.query('DELETE columns_everything')
      await Everything.objects.using(connection).bulkCreate(rows.map((each, index) => ({ id: index, ...each })))
      const plain = await objects.values().all()
      const columns = objects.values().toColumnsSync()
      for (const [name, values] of Object.entries(columns))
        assert.deepEqual(
          values,
          plain.map((each) => each[name as 'int']),
          name,
        )
      const table = tableFromIPC(tableToIPC(objects.toArrowSync()))
      assert.equal(table.numRows, rows.length)
      for (const [index, { int, bigint, float, boolean, text, bytes, tags, address, vector }] of rows.entries()) {
        const found = table.get(index)!.toJSON() as Record<string, { toJSON(): unknown } | null>
        assert.deepEqual(found['int'], int === undefined ? null : BigInt(int))
        assert.deepEqual(found['bigint'], bigint ?? null)
        assert.equal(found['float'], float === undefined ? null : float + 0)
        assert.equal(found['boolean'], boolean ?? null)
        assert.equal(found['text'], text ?? null)
        assert.deepEqual(found['bytes'] && [...(found['bytes'] as unknown as Uint8Array)], bytes ? [...bytes] : null)
        assert.deepEqual(found['tags'] && [...(found['tags'] as unknown as string[])], tags ?? null)
        assert.deepEqual(
          found['vector'] && [...(found['vector'] as unknown as number[])],
          vector ? vector.map((each) => each + 0) : null,
        )
        const { city = null, number } = address ?? {}
        const inside = address ? { city, number: number === undefined ? null : BigInt(number) } : null
        assert.deepEqual(found['address'] && { ...(found['address'].toJSON() as object) }, inside)
      }
    }),
    { numRuns: 25 },
  )
  await connection.close()
})
