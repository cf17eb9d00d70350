import fc from 'fast-check'
import {
  Collection,
  DateTimeField,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  SetField,
  StringField,
  type IndexOptions,
} from '../../../src/index.js'

/** What records of the oracle's tests hold: few different values, so that filters find some and miss some. */
export const words = fc.constantFrom('', 'a', 'ab', 'abc', 'B', 'Ba', 'é', 'Éa', 'a%b', '10', '9')
export const wholes = fc.integer({ min: -3, max: 5 })
export const floats = fc.constantFrom(-1.5, -0.25, 0, 0.25, 1, 2.75)
export const moments = fc.constantFrom('2023-12-31T23:59:59Z', '2024-02-29T00:00:00Z', '2024-03-01T12:30:00Z')

@Embeddable()
export class Part extends EmbeddedDocument<Part>() {
  @StringField({ dbField: 'part name' }) name?: string | null
  @IntField() size?: number | null
}

const base = Document<Thing>()

/** The fields; the models below differ in their indexes only. */
@Collection({ abstract: true })
class Thing extends base {
  @IntField({ dbField: 'number' }) count?: number | null
  @FloatField() weight?: number | null
  @StringField() word?: string | null
  @DateTimeField() at?: Date | null
  @ListField(StringField()) tags?: string[] | null
  @SetField(IntField()) marks?: Set<number> | null
  @ListField(EmbeddedField(() => Part)) parts?: Part[]
  @EmbeddedField(() => Part) main?: Part
  @DictField(IntField()) scores?: Record<string, number>
  /** No two records have the same. */
  @StringField() code?: string
  @IntField() touched?: number
}

const single: readonly IndexOptions[] = [
  { fields: ['count'] },
  { fields: ['word'] },
  { fields: ['at'] },
  { fields: ['tags'] },
  { fields: ['main__size'] },
]
const composite: readonly IndexOptions[] = [{ fields: ['count', 'word'] }, { fields: ['word', 'at'] }]
/** The engine keeps a record without a value out of the first two, and has it once for each item in the others. */
const treacherous: readonly IndexOptions[] = [
  { fields: ['count', 'code'], unique: true },
  { fields: ['word', 'at', 'code'], unique: true },
  { fields: ['weight', 'tags'] },
  { fields: ['marks', 'at'] },
]

@Collection('oracle_plain', { schema: 'full' })
class Plain extends Thing {}

@Collection('oracle_single', { schema: 'full', indexes: single })
class Single extends Thing {}

@Collection('oracle_composite', { schema: 'full', indexes: composite })
class Composite extends Thing {}

@Collection('oracle_both', { indexes: [...single, ...composite] })
class Both extends Thing {}

@Collection('oracle_unique', { schema: 'full', indexes: [{ fields: ['code'], unique: true }, ...treacherous] })
class Unique extends Thing {}

@Collection('oracle_every', { indexes: [...treacherous, ...single, ...composite] })
class Every extends Thing {}

export const MODELS = [Plain, Single, Composite, Both, Unique, Every] as const

/** The values of one record, as the oracle sees them. */
export interface Row {
  readonly id: number
  readonly count?: number | null
  readonly weight?: number | null
  readonly word?: string | null
  readonly at?: Date | null
  readonly tags?: string[] | null
  readonly marks?: Set<number> | null
  readonly parts?: { readonly name?: string | null; readonly size?: number | null }[]
  readonly main?: { readonly name?: string | null; readonly size?: number | null }
  readonly scores?: Record<string, number>
  readonly code: string
}

const maybe = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 6, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
const part = fc.record({ name: maybe(words), size: maybe(wholes) })
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 5 })

const row = fc.record({
  count: maybe(wholes),
  weight: maybe(floats),
  word: maybe(words),
  at: maybe(moments.map((text) => new Date(text))),
  tags: maybe(fc.array(words, { maxLength: 3 })),
  marks: maybe(fc.uniqueArray(wholes, { maxLength: 3 }).map((items) => new Set(items))),
  parts: optional(fc.array(part, { maxLength: 3 })),
  main: optional(part),
  scores: optional(fc.dictionary(fc.constantFrom('x', 'y z', 'len1'), wholes, { maxKeys: 2 })),
})

export const codes = fc.integer({ min: 1, max: 30 }).map((id) => `c${id}`)

/** Some thirty records, with ids that count from 1. */
export const someRows: fc.Arbitrary<readonly Row[]> = fc
  .array(row, { minLength: 20, maxLength: 40 })
  .map((rows) => rows.map((each, index) => withoutUndefined({ id: index + 1, ...each, code: `c${index + 1}` }) as Row))

function withoutUndefined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
}
