import fc from 'fast-check'
import {
  Access,
  Analyzer,
  AnyField,
  BooleanField,
  BytesField,
  ChoiceField,
  ComputedField,
  DatabaseFunction,
  DatabaseParameter,
  DateTimeField,
  DecimalField,
  DictField,
  DurationField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FileField,
  FloatField,
  GeometryCollectionField,
  GeometryField,
  IntField,
  LiteralField,
  ListField,
  ModelDefinitionError,
  NumberField,
  ObjectField,
  OptionField,
  PolygonField,
  RangeField,
  RecordIDField,
  ReferenceField,
  RegexField,
  Sequence,
  SequenceField,
  SetField,
  StringField,
  surql,
  TableField,
  TimeSeriesField,
  UnionField,
  UUIDField,
  VectorField,
  type CollectionOptions,
  type EventOptions,
  type FieldDecorator,
  type FieldOptions,
  type ModelLike,
  type IndexOptions,
} from '../../../src/index.js'
import type { DefinedObject } from '../../../src/schema/defined-object.js'
import { defineStatements } from '../../../src/schema/define-statements.js'
import { toDefinable } from '../../../src/schema/to-definable.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { dialectFor } from '../../../src/surrealql/dialect.js'
import { modelOf } from '../fields/model-of.js'

type Made = FieldDecorator<never>
/** Made when it is asked for, as what the definitions refuse throws. */
type Make = () => Made
type Named<Value> = Readonly<Record<string, Value>>

@Embeddable()
class Room extends EmbeddedDocument<Room>() {
  @StringField({ required: true, comment: 'as on the door' }) name!: string
  @ListField(IntField({ assert: surql`$value > ${0}` })) seats?: number[]
}

let count = 0

/** What links point at. */
const Target = modelOf('random_target', { name: StringField() as unknown as Made })

/** What the random tables are views of. */
const Source = modelOf('random_source', {
  kind: StringField() as unknown as Made,
  size: IntField() as unknown as Made,
})

const expression = fc.constantFrom(
  surql`$value != ${'a'}`,
  surql`$value = ${null} OR ${[1, 2]} CONTAINS $value`,
  surql`string::len(<string>$value) < ${5} AND (1 + 2) * 3 > -4`,
  surql`IF $value { true } ELSE { false }`,
  surql`$value IN [${"it's"}, ${'"quoted" \\ `too`\n🎉'}]`,
  surql`<datetime>${new Date(1e12)} < time::now()`,
  surql`->random_edge->random_target.name CONTAINS ${'x'}`,
  surql`(SELECT VALUE name FROM random_target WHERE name = $value LIMIT 1)[0] = $value`,
)
const permission = fc.oneof(fc.boolean(), expression)
const comment = fc.oneof(
  fc.constantFrom('', 'SCHEMAFULL TYPE int', "it's", 'a "quoted" \\ `word`', 'two\nlines 🎉', 'PERMISSIONS NONE', ';'),
  fc.string({ maxLength: 8 }).filter((text) => !text.includes('\0')),
)
const some = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 })
const given = <Values extends object>(values: { [Name in keyof Values]: fc.Arbitrary<Values[Name]> }) =>
  fc
    .record(
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, some(value as fc.Arbitrary<unknown>)])),
    )
    .map(
      (found) =>
        Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as Partial<Values>,
    )

const actions = given({ select: permission, create: permission, update: permission })
/** Of a field that others are made of. */
const partOptions = given({
  assert: expression,
  value: expression,
  comment,
  permissions: fc.oneof(fc.constantFrom('full' as const, 'none' as const), actions),
})
const ownOptions = fc
  .tuple(
    partOptions,
    given({ required: fc.boolean(), readonly: fc.boolean(), unique: fc.boolean(), index: fc.constant(true) }),
    fc.constantFrom({}, { default: surql`rand::ulid()` }, { default: surql`${'x'}` }, { defaultAlways: surql`${[1]}` }),
  )
  .map((all) => Object.assign({}, ...(all as readonly object[])) as FieldOptions<never>)

const scalars = [
  StringField, NumberField, IntField, FloatField, DecimalField, BooleanField, DateTimeField, DurationField, UUIDField,
  BytesField, RegexField, AnyField, RecordIDField, TableField, FileField, GeometryField, PolygonField,
  GeometryCollectionField, TimeSeriesField,
  (options: object) => RecordIDField({ table: 'a `b`', ...options }),
  (options: object) => TableField({ tables: ['x', 'y z'], ...options }),
  (options: object) => FileField({ bucket: 'b', ...options }),
  (options: object) => ReferenceField(() => Target, options),
  (options: object) => ReferenceField(() => [Source, Target], options),
  (options: object) => AnyField({ type: surql`none | [int, 'a'] | { a: none | ${"it's"} }`, ...options }),
  (options: object) => AnyField({ type: null, ...options }),
  (options: object) => LiteralField('a', "it's", 1, true, options as never),
  (options: object) => ChoiceField(['x', 'y | z'], options),
  (options: object) => RangeField(IntField(), options),
  (options: object) => VectorField(3, { type: 'I16', ...options }),
  (options: object) => EmbeddedField(() => Room, options),
  (options: object) => ObjectField(undefined, options),
] as readonly ((options: object) => unknown)[] // prettier-ignore

const holders = [
  ([item], options) => ListField(item, options),
  (_, options) => ListField(undefined, options),
  ([item], options) => ListField(item, { minLength: 3, maxLength: 3, ...options }),
  ([item], options) => SetField(item, options),
  ([item], options) => DictField(item, options),
  ([item], options) => OptionField(item, options),
  (items, options) => UnionField(items as never, options),
  ([one, other], options) => ObjectField({ one, 'oth er': other }, options),
  ([one], options) => ObjectField({ one }, { flexible: true, ...options }),
] as readonly ((items: readonly [Made, Made], options: object) => unknown)[]

const scalarWith = (options: fc.Arbitrary<object>): fc.Arbitrary<Make> =>
  fc.tuple(fc.constantFrom(...scalars), options).map(
    ([make, told]) =>
      () =>
        make(told) as Made,
  )
const holderWith = (inside: fc.Arbitrary<Make>, options: fc.Arbitrary<object>): fc.Arbitrary<Make> =>
  fc.tuple(fc.constantFrom(...holders), inside, inside, options).map(
    ([make, one, other, told]) =>
      () =>
        make([one(), other()], told) as Made,
  )

const mostlyNone = fc.oneof(fc.constant({}), partOptions)
const part: fc.Arbitrary<Make> = fc.letrec<{ part: Make }>((tie) => ({
  part: fc.oneof({ maxDepth: 2, depthSize: 'small' }, scalarWith(mostlyNone), holderWith(tie('part'), mostlyNone)),
})).part

const link = fc
  .tuple(
    given({ required: fc.boolean(), comment }),
    partOptions,
    fc.constantFrom('reject', 'cascade', 'ignore', 'unset', surql`UPDATE $this SET gone = ${'x'}; CREATE random_log`),
  )
  .map(([own, ofItem, onDelete]) => [
    () => ReferenceField(() => Target, { ...own, onDelete } as object) as unknown as Made,
    () =>
      ListField(
        ReferenceField(() => Target, { ...ofItem, onDelete } as object),
        own,
      ) as unknown as Made,
  ])

const make: fc.Arbitrary<Make> = fc.oneof(
  { arbitrary: scalarWith(ownOptions), weight: 4 },
  { arbitrary: holderWith(part, ownOptions), weight: 4 },
  link.chain((both) => fc.constantFrom(...both)),
  fc.tuple(part, expression, given({ comment })).map(
    ([inner, what, told]) =>
      () =>
        ComputedField(what, inner(), told) as Made,
  ),
  given({ comment }).map((told) => () => SequenceField({ ...told, name: 'random numbers' }) as unknown as Made),
)

/** What the definitions refuse is left out: that has tests of its own. */
const accepted = <Value>(values: fc.Arbitrary<() => Value>): fc.Arbitrary<Value> =>
  values.map(attempt).filter((value) => value !== undefined) as fc.Arbitrary<Value>
function attempt<Value>(tried: () => Value): Value | undefined {
  try {
    return tried()
  } catch (error) {
    if (error instanceof ModelDefinitionError) return undefined
    throw error
  }
}

/** Every field with every option. */
const field: fc.Arbitrary<Made> = accepted(
  make.map((made) => () => {
    const decorator = made()
    modelOf(`random_probe_${++count}`, { 'to be quoted': decorator }, { schema: 'full' }).defineStatements()
    return decorator
  }),
)

/** What indexes are over; the same in every table. */
const INDEXED = {
  text: StringField(),
  amount: IntField(),
  words: ListField(StringField()),
  vector: ListField(FloatField()),
  room: EmbeddedField(() => Room),
} as unknown as Named<Made>

const analyzerNames = ['az one', 'az_two'] as const
const size = fc.integer({ min: 2, max: 30 })
const indexKind = fc.oneof(
  fc.record({ fields: fc.shuffledSubarray(['text', 'amount', 'room__name'], { minLength: 1 }), unique: fc.boolean() }),
  fc.record({ fields: fc.constantFrom(['words'], ['words', 'amount'], ['room__seats']) }),
  fc.record({ count: fc.oneof(fc.constant(true as const), expression) }),
  fc.record({
    fields: fc.constant(['text']),
    fulltext: fc.record({
      analyzer: fc.constantFrom(...analyzerNames),
      bm25: fc.oneof(fc.boolean(), fc.record({ k1: fc.constantFrom(1, 1.5), b: fc.constantFrom(0.25, 1) })),
      highlights: fc.boolean(),
    }),
  }),
  fc.record({
    fields: fc.constant(['vector']),
    hnsw: fc
      .tuple(
        size,
        given({
          distance: fc.constantFrom(
            ...(['euclidean', 'cosine', 'manhattan', 'chebyshev', 'hamming', 'jaccard', 'pearson'] as const),
            { minkowski: 3 },
            { minkowski: 2.5 },
          ),
          type: fc.constantFrom(...(['f64', 'f32', 'i64', 'i32', 'i16'] as const)),
          efc: size,
          m: size,
          m0: size,
          lm: fc.constantFrom(0.25, 1, 0.1),
          extendCandidates: fc.boolean(),
          keepPrunedConnections: fc.boolean(),
          hashedVector: fc.boolean(),
        }),
      )
      .map(([dimension, told]) => ({ dimension, ...told })),
  }),
)
const index = fc.tuple(indexKind, given({ comment })).map((parts) => Object.assign({}, ...parts) as IndexOptions)

const event = fc
  .tuple(
    fc.constantFrom(
      surql`CREATE random_log SET what = ${'x'}`,
      surql`LET $a = ${1}; RETURN $a`,
      surql`THROW "no"`,
      [surql`CREATE random_log SET what = ${'x'}`],
      [surql`{ CREATE random_log; CREATE random_log }`, surql`{}`, surql`${1} + 1`],
    ),
    given({
      when: fc.constantFrom(surql`$event = ${'CREATE'}`, surql`$before.text != $after.text`),
      asynchronous: fc.oneof(fc.boolean(), given({ retry: fc.nat(5), maxDepth: fc.integer({ min: 1, max: 5 }) })),
      comment,
    }),
  )
  .map(([then, told]) => ({ then, ...told }) as Omit<EventOptions, 'name'>)

const ofEveryTable = {
  permissions: fc.oneof(
    fc.constantFrom('full' as const, 'none' as const),
    given({ select: permission, create: permission, update: permission, delete: permission }),
  ),
  comment,
  changefeed: fc.oneof(
    fc.constantFrom('1d', '90m', '15d'),
    fc.record({ expiry: fc.constantFrom('3d', '1w'), includeOriginal: fc.boolean() }),
  ),
}
const ends = fc.constantFrom(
  () => Target,
  () => [Target, Source],
)
const tableOptions: fc.Arbitrary<CollectionOptions> = fc.oneof(
  given({
    ...ofEveryTable,
    schema: fc.constantFrom('full' as const, 'less' as const),
    type: fc.constantFrom('normal' as const, 'any' as const),
    drop: fc.boolean(),
  }),
  fc
    .tuple(ends, given({ ...ofEveryTable, schema: fc.constant('full' as const), in: ends, enforced: fc.boolean() }))
    .map(([out, told]) => ({ out, ...told })),
) as fc.Arbitrary<CollectionOptions>

const view = fc.constantFrom(
  surql`SELECT kind, count() AS total FROM random_source WHERE size > ${1} GROUP BY kind`,
  surql`SELECT kind, math::max(size) AS total FROM random_source GROUP BY kind`,
  surql`SELECT * FROM random_source WHERE kind IN ${['a', 'b']}`,
)

const analyzerOptions = given({
  tokenizers: fc.shuffledSubarray(['blank', 'camel', 'class', 'punct'] as const, { minLength: 1 }),
  filters: fc.shuffledSubarray(
    [
      'ascii',
      'lowercase',
      { snowball: 'english' },
      { ngram: [2, 4] as const },
      { edgengram: [1, 3] as const },
    ] as const,
    { minLength: 1 },
  ),
  comment,
})
const duration = fc.constantFrom('1h', '90m', '15d')
const functionOf = (name: string): fc.Arbitrary<DefinedObject> =>
  accepted(
    fc
      .tuple(
        part,
        part,
        fc.constantFrom(surql`RETURN ${[1, "it's"]}`, surql`LET $x = $\`a b\`; RETURN $x`),
        given({ comment, permissions: permission }),
      )
      .map(([argument, returns, body, told]) => (): DefinedObject => {
        const made = new DatabaseFunction(name, { arguments: { 'a b': argument() }, returns: returns(), body, ...told })
        made.defineStatements()
        return made
      }),
  )

/** By name, what makes one of that name. */
const objects: Named<fc.Arbitrary<DefinedObject>> = {
  'az one': analyzerOptions.map((told) => new Analyzer('az one', told)),
  az_two: analyzerOptions.map((told) => new Analyzer('az_two', told)),
  'random::twice': functionOf('random::twice'),
  'random parameter': fc
    .tuple(
      fc.constantFrom<unknown>(1, 'a', [1, { a: null }], new Date(0), surql`1 + ${2}`),
      given({ comment, permissions: permission }),
    )
    .map(([value, told]) => new DatabaseParameter('random parameter', { value, ...told })),
  'random sequence': given({ batch: size, start: fc.integer({ min: -9, max: 9 }), timeout: duration }).map(
    (told) => new Sequence('random sequence', told),
  ),
  people: given({
    signUp: fc.constantFrom(surql`CREATE person SET name = $name`, surql`CREATE person`),
    signIn: fc.constant(surql`SELECT * FROM person WHERE name = $name`),
    refresh: fc.boolean(),
    jwt: fc.record({ algorithm: fc.constantFrom('HS256' as const, 'HS512' as const), key: fc.constant('k') }),
    authenticate: fc.constant(surql`IF $auth.gone { THROW "gone" }`),
    duration: given({ grant: duration, token: duration, session: fc.oneof(duration, fc.constant(null)) }),
    comment,
  }).map((told) => new Access('people', { type: 'record', ...told })),
  partner: fc
    .tuple(
      fc.constantFrom(
        { algorithm: 'HS384' as const, key: 'k' },
        { url: 'https://example.com/jwks.json' },
        { url: 'https://example.com/2' },
      ),
      given({ duration: given({ token: duration, session: duration }), comment }),
    )
    .map(([by, told]) => new Access('partner', { type: 'jwt', ...by, ...told })),
  robot: fc
    .tuple(
      fc.constantFrom('user' as const, 'record' as const),
      given({ duration: given({ grant: duration, token: duration }), comment }),
    )
    .map(([subject, told]) => new Access('robot', { type: 'bearer', for: subject, ...told })),
}

/** A table in parts, each of which can be changed by itself. */
export interface RandomTable {
  readonly options: CollectionOptions
  readonly fields: Named<Made>
  readonly indexes: Named<IndexOptions>
  readonly events: Named<Omit<EventOptions, 'name'>>
}

/** All that a database can be told, in parts. */
export interface RandomDefinitions {
  readonly tables: Named<RandomTable>
  readonly views: Named<CollectionOptions['view']>
  readonly objects: Named<DefinedObject>
}

const FIELD_NAMES = [
  'a',
  'größe',
  '☃',
  'with space',
  '1',
  "it's",
  'back`tick',
  'dot.ted',
  'type',
  'order',
  'a\nb',
  'infinity',
]
const dictionary = <Value>(names: readonly string[], value: fc.Arbitrary<Value>): fc.Arbitrary<Named<Value>> =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6, noNullPrototype: true })

export const ARBITRARY = {
  options: tableOptions,
  fields: field,
  indexes: index,
  events: event,
  views: view,
  objects,
}
export const NAMES = {
  fields: FIELD_NAMES,
  indexes: ['i', 'an `index`', 'select'],
  events: ['e', 'an event', 'delete'],
  views: ['random view'],
}

/** Definitions at random. */
export const randomDefinitions: fc.Arbitrary<RandomDefinitions> = fc.record({
  tables: fc
    .array(
      fc.record({
        options: tableOptions,
        fields: dictionary(NAMES.fields, field),
        indexes: dictionary(NAMES.indexes, index),
        events: dictionary(NAMES.events, event),
      }),
      { minLength: 1, maxLength: 2 },
    )
    .map((tables) => Object.fromEntries(tables.map((table, at) => [`random ${at}`, table]))),
  views: dictionary(NAMES.views, view),
  objects: fc.record(objects, { requiredKeys: ['az one', 'az_two'] }) as fc.Arbitrary<Named<DefinedObject>>,
})

const withNames = <Value extends object>(parts: Named<Value>): (Value & { name: string })[] =>
  Object.entries(parts).map(([name, told]) => ({ name, ...told }))

export type Definition = ModelLike | DefinedObject

/** The definitions as `defineTables` and `schemaDiff` take them. A table has one model only, so their names get an end of their own. */
export function definitionsOf({ tables, views, objects: others }: RandomDefinitions): {
  readonly definitions: readonly Definition[]
  readonly suffix: string
} {
  const suffix = ` №${++count}`
  const models = Object.entries(tables).map(([name, { options, fields, indexes, events }]) =>
    modelOf(
      `${name}${suffix}`,
      { ...INDEXED, ...fields },
      { ...options, indexes: withNames(indexes), events: withNames(events) },
    ),
  )
  const viewModels = Object.entries(views).map(([name, source]) => modelOf(`${name}${suffix}`, {}, { view: source! }))
  return { definitions: [Target, Source, ...models, ...viewModels, ...Object.values(others)], suffix }
}

/** The text that defines them, under the names that others have. */
export function textOf(random: RandomDefinitions, otherSuffix: string, version: string | undefined): string {
  const { definitions, suffix } = definitionsOf(random)
  return compile(defineStatements(definitions.map(toDefinable)), dialectFor(version)).query.replaceAll(
    suffix,
    otherSuffix,
  )
}
