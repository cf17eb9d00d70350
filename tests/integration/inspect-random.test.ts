import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createConnection, escapeIdentifier, inspectDatabase, schemaDiff } from '../../src/index.js'
import { generatedFrom, leftOutOf } from '../support/inspected/generated-models.js'

/** A field as DEFINE FIELD says it, and the fields inside of it by what is between the two names: a dot, or `.*.`. */
interface RandomField {
  readonly type: string
  readonly clauses: string
  readonly inside: Readonly<Record<string, RandomField>>
}

const NAMES = ['a', 'größe', '☃', 'with space', '1', "it's", 'back\\`tick', 'dot.ted', 'a__b', 'revert', 'id2', 'class']
const name = fc.constantFrom(...NAMES)
const scalar = fc.constantFrom(
  ...[
    'any',
    'bool',
    'bytes',
    'datetime',
    'decimal',
    'duration',
    'file',
    'float',
    'geometry',
    'geometry<polygon>',
    'int',
  ],
  ...[
    'number',
    'range',
    'record',
    'record<TABLE>',
    'record<missing>',
    'record<TABLE | random_0>',
    'record<TABLE | missing>',
    '[int, string]',
    '{ a: int, b: none | [bool] }',
    'geometry<point | line>',
    'file<a | b>',
    '1h | 2dec',
    'null | int',
    'string',
    'uuid',
    'table<TABLE>',
    "'x' | 1 | true",
  ],
)
const typed = scalar.filter((type) => type !== 'any')
const listed = typed.filter((type) => !type.includes('|'))
const collection = fc.oneof(
  { withCrossShrink: true },
  listed.map((type) => `array<${type}>`),
  listed.map((type) => `set<${type}>`),
  listed.map((type) => `array<array<${type}>>`),
  listed.map((type) => `array<none | ${type}>`),
  listed.map((type) => `array<${type}, 4>`),
  listed.map((type) => `set<${type}, 4>`),
  fc.constantFrom('array<float, 3>', 'array<int, 2>', 'array<set<array<string>>>', 'array', 'set', 'array<array>'),
)
const union = fc
  .uniqueArray(fc.oneof(listed, collection, fc.constantFrom("'a'", "'it\\'s'", '5', '1.5', 'true')), {
    minLength: 2,
    maxLength: 4,
  })
  // the database makes one of several literals and their type
  .filter(
    (types) =>
      !types.some(
        (type) =>
          /^'|^\d|true/.test(type) &&
          types.some((other) => other !== type && /^(string|int|float|number|bool)$/.test(other)),
      ),
  )
  .map((types) => types.join(' | '))
const presence = fc.constantFrom('', 'none | ', 'none | null | ', 'null | ')
const leafType = fc.oneof(
  scalar,
  // told no type
  fc.constant(''),
  fc.tuple(presence, fc.oneof(typed, collection, union)).map(([missing, type]) => `${missing}${type}`),
)
const permissions = fc.constantFrom(
  '',
  '',
  ' PERMISSIONS NONE',
  ' PERMISSIONS FOR select FULL, FOR create WHERE a = 1, FOR update NONE',
)
const comment = fc.oneof(
  fc.constant(''),
  fc.string().map((text) => ` COMMENT ${JSON.stringify(text.replaceAll('\0', ''))}`),
)
const clauses = fc
  .tuple(
    fc.constantFrom(
      '',
      " DEFAULT 'it\\'s ${x} `y`'",
      ' DEFAULT { a: [1, 2f, 3dec], b: d"2020-01-01T00:00:00Z" }',
      ' DEFAULT rand::uuid()',
    ),
    fc.constantFrom('', '', ' READONLY'),
    fc.constantFrom('', '', ' VALUE $value ?? $before.a', ' VALUE (SELECT VALUE x FROM TABLE)'),
    fc.constantFrom('', '', ' ASSERT $value != NONE AND (1 < 2 OR $value > 3)', ' ASSERT $value = /a\\/[b]/'),
    comment,
    permissions,
  )
  .map((all) => all.join(''))

const { field } = fc.letrec<{ field: RandomField; leaf: RandomField; object: RandomField }>((tie) => ({
  field: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('object')),
  leaf: fc.record({ type: leafType, clauses, inside: fc.constant({}) }),
  object: fc.record({
    type: fc.constantFrom('object', 'none | object', 'array<object>', 'none | array<object>', 'array<array<object>>'),
    clauses,
    inside: fc.dictionary(name, tie('field'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  }),
}))
const table = fc.record({
  fields: fc.dictionary(name, field, { maxKeys: 5, noNullPrototype: true }),
  schema: fc.constantFrom('SCHEMAFULL', 'SCHEMALESS'),
  rest: fc.tuple(fc.constantFrom('', ' DROP', ' CHANGEFEED 1h'), comment, permissions).map((all) => all.join('')),
  unique: fc.boolean(),
})

function define(path: string, on: string, { type, clauses: all, inside }: RandomField): string[] {
  const elements = type.split('array<').length - 1
  const inner = `${path}${'.*'.repeat(elements)}`
  const own = `DEFINE FIELD ${path} ON ${on}${type === '' ? '' : ` TYPE ${type}`}${all}`.replaceAll('TABLE', on)
  return [own, ...Object.entries(inside).flatMap(([key, part]) => define(`${inner}.\`${key}\``, on, part))]
}

test('random tables come back as models that define them', async () => {
  const connection = await createConnection({ url: 'mem://', namespace: 'a', database: 'b', name: 'random' }).connect()
  const seed = Math.floor(Math.random() * 2 ** 31)
  const tables = fc.sample(table, { numRuns: 60, seed })
  const statements = tables.flatMap(({ fields, schema, rest, unique }, index) => {
    const on = `random_${index}`
    const paths = Object.keys(fields).map((key) => escapeIdentifier(key.replace('\\`', '`')))
    return [
      `DEFINE TABLE ${on} TYPE NORMAL ${schema}${rest}`,
      ...Object.entries(fields).flatMap(([key, each]) => define(`\`${key}\``, on, each)),
      ...(paths.length > 1 && !rest.includes('DROP')
        ? [
            `DEFINE INDEX ${escapeIdentifier(`${on} ☃`)} ON ${on} FIELDS ${paths.slice(0, 2).join(', ')}${unique ? ' UNIQUE' : ''}`,
          ]
        : []),
    ]
  })
  await connection.query(statements.join(';\n'))
  const source = await inspectDatabase(connection)
  const { differences } = await schemaDiff(connection, generatedFrom(source))
  expect({ seed, leftOut: leftOutOf(source), differences }).toEqual({ seed, leftOut: [], differences: [] })
  await connection.close()
})
