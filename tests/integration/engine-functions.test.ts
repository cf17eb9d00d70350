import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  BooleanField,
  BytesField,
  Collection,
  DatabaseError,
  DateTimeField,
  DictField,
  Document,
  Duration,
  DurationField,
  GeometryField,
  GeometryPoint,
  IntField,
  ListField,
  RecordId,
  RecordIDField,
  SetField,
  StringField,
  UnsupportedError,
  UUIDField,
  Uuid,
  type Connection,
  type Geometry,
} from '../../src/index.js'
import { type Family } from '../../src/fields/lookups/family.js'
import { REFUSED, valueOperand } from '../../src/fields/lookups/operands.js'
import { buildSelect } from '../../src/query/build-statements.js'
import { callMethod } from '../../src/query/expressions/call-method.js'
import { functionsOf } from '../../src/query/expressions/functions/functions-of.js'
import type { FunctionEntry } from '../../src/query/expressions/functions/function-table.js'
import { typeFunctions, valueFunctions } from '../../src/query/expressions/functions/type-functions.js'
import { finished, placeOf, type TypedValue } from '../../src/query/expressions/typed-value.js'
import { queryOf } from '../../src/query/query.js'
import { modelMetaOf } from '../../src/schema/model-registry.js'
import { bound, idiom } from '../../src/surrealql/nodes/expression.js'
import { compile } from '../../src/surrealql/compiler/compile.js'
import { dialectFor } from '../../src/surrealql/dialect.js'
import { oldEngine } from '../support/engine/chosen-engine.js'
import { describeLoaded, openInMemory } from '../support/everywhere.js'

@Collection('engine_functions')
class Sample extends Document<Sample>() {
  @StringField() text?: string
  @IntField() number?: number
  @BooleanField() boolean?: boolean
  @DateTimeField() moment?: Date
  @DurationField() duration?: Duration
  @ListField(IntField()) list?: number[]
  @SetField(IntField()) set?: Set<number>
  @DictField(IntField()) object?: Record<string, number>
  @RecordIDField() record?: RecordId
  @GeometryField() geometry?: Geometry
  @BytesField() bytes?: Uint8Array
  @UUIDField() uuid?: Uuid
}

const meta = modelMetaOf(Sample)

const stored = {
  text: 'Ann Lee',
  number: 1,
  boolean: true,
  moment: new Date('2024-02-29T12:34:56Z'),
  duration: new Duration('90m'),
  list: [3, 4, 5],
  set: new Set([1, 2]),
  object: { a: 1 },
  record: new RecordId('engine_functions', 'full'),
  geometry: new GeometryPoint([1, 2]),
  bytes: new Uint8Array([1, 2]),
  uuid: new Uuid('018f4e3e-1111-7000-8000-000000000000'),
} satisfies Partial<Record<Family, unknown>>

/** What is given for each kind of argument. */
const GIVEN: Readonly<Record<string, unknown>> = {
  text: 'x',
  number: 2,
  whole: 2,
  moment: new Date('2024-01-01T00:00:00Z'),
  duration: new Duration('1h'),
  geometry: new GeometryPoint([2, 3]),
  element: 4,
  elements: [4, 9],
  set: new Set([2, 7]),
}

/** Where the samples above would be none. */
const SPECIAL: Readonly<Record<string, { readonly value?: unknown; readonly given?: readonly unknown[] }>> = {
  emailHost: { value: 'ann@example.com' },
  emailUser: { value: 'ann@example.com' },
  semverMajor: { value: '1.2.3' },
  semverMinor: { value: '1.2.3' },
  semverPatch: { value: '1.2.3' },
  toInt: { value: '12' },
  toDateTime: { value: '2024-01-01T00:00:00Z' },
  toUuid: { value: '018f4e3e-1111-7000-8000-000000000000' },
  toRecord: { value: 'engine_functions:full' },
  format: { given: ['%Y'] },
  group: { given: ['month'] },
  clamp: { given: [0, 5] },
  insert: { given: [9, 1] },
}

/** What engine 2.6 has no function for. */
const NOT_BEFORE_3: readonly string[] = [
  ...['text.capitalize', 'text.joaat', 'object.extend', 'object.remove', 'bytes.toText'],
  ...Object.keys(stored).map((family) => `${family}.typeName`),
]

const url = 'https://ann@example.com:8080/path?a=1#part'

interface Row {
  readonly family: Family
  readonly name: string
  readonly entry: FunctionEntry
}

const rows: readonly Row[] = (Object.keys(stored) as (keyof typeof stored)[]).flatMap((family) =>
  Object.entries({ ...functionsOf[family], ...typeFunctions, ...valueFunctions }).map(([name, entry]) => ({
    family,
    name,
    entry,
  })),
)

function given({ family, name, entry }: Row): readonly unknown[] {
  return (
    SPECIAL[name]?.given ??
    entry.takes.map((kind) => {
      const bare = kind.replace('...', '').replace('?', '')
      return bare === 'same' ? stored[family as keyof typeof stored] : GIVEN[bare]
    })
  )
}

function receiver({ family, name }: Row): TypedValue {
  const { field } = meta.binding(family)!
  const special = SPECIAL[name]?.value ?? (name.startsWith('url') ? url : undefined)
  return placeOf(family, special === undefined ? idiom(family) : bound(field.toDatabase(special)), field)
}

describeLoaded('each function of the table', () => {
  let connection: Connection
  beforeAll(async () => {
    connection = await openInMemory('engine-functions')
    await Sample.defineTable({ connection })
    await Sample.create({ id: 'full', ...stored })
    await Sample.create({ id: 'missing' })
    await Sample.create({ id: 'null', text: null, number: null, list: null, moment: null } as object)
  })
  afterAll(async () => {
    await connection.close()
  })

  async function valuesOf(value: TypedValue): Promise<readonly unknown[]> {
    const column = { name: 'value', value: finished(value), field: value.field }
    const select = buildSelect({ ...queryOf(meta), orderBy: [], rows: { kind: 'value', column } })
    const { query, bindings } = compile(select, dialectFor(connection.serverVersion))
    return (await connection.query(query, bindings))[0] as readonly unknown[]
  }

  test.each(rows.map((row) => [`${row.family}.${row.name}()`, row] as const))('%s', async (_, row) => {
    const call = { name: row.name, given: given(row), scope: { name: 'Sample', meta }, express: () => ({}) }
    const value = callMethod({ ...call, value: receiver(row) })
    if (oldEngine && NOT_BEFORE_3.includes(`${row.family}.${row.name}`)) {
      await expect(valuesOf(value)).rejects.toThrow(row.name === 'toText' ? DatabaseError : UnsupportedError)
      return
    }
    const [full] = await valuesOf(value)
    expect(full).not.toBeUndefined()
    expect(valueOperand.read(value.field.fromDatabase(full), value.field)).not.toBe(REFUSED)
    const { field } = meta.binding(row.family)!
    const missing = await valuesOf(callMethod({ ...call, value: placeOf('missing', idiom(row.family), field) }))
    const expected: unknown = row.entry.takesMissing ? expect.anything() : undefined
    expect(missing.slice(1)).toEqual([expected, expected])
  })

  test('a value of another kind gives none either', async () => {
    const lists = { name: 'sum', given: [], scope: { name: 'Sample', meta }, express: () => ({}) }
    expect(rows.length).toBeGreaterThan(300)
    expect(
      await valuesOf(callMethod({ ...lists, value: placeOf('x', idiom('text'), meta.binding('list')!.field) })),
    ).toEqual([undefined, undefined, undefined])
  })
})
