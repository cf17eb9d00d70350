import { describe, expect, it } from '@jest/globals'
import {
  Access,
  Analyzer,
  AnyField,
  DatabaseFunction,
  DatabaseParameter,
  defineTablesSync,
  Duration,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  ObjectField,
  ReferenceField,
  Sequence,
  SetField,
  StringField,
  surql,
  type AccessOptions,
  type AnalyzerOptions,
  type CollectionOptions,
  type FieldDecorator,
} from '../../../src/index.js'
import { Field } from '../../../src/fields/field.js'
import { fieldDecorator } from '../../../src/fields/field-decorator.js'
import { defineStatements } from '../../../src/schema/define-statements.js'
import { modelMetaOf } from '../../../src/schema/model-registry.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { dialectFor } from '../../../src/surrealql/dialect.js'
import { modelOf } from '../../support/fields/model-of.js'
import { NEWEST } from '../surrealql/servers.js'
import { z } from 'zod'

let count = 0
const model = (
  options: CollectionOptions = {},
  fields: object = { name: StringField(), tags: ListField(StringField()) },
) => modelOf(`definitions_${++count}`, fields as Record<string, FieldDecorator<never>>, options)
const linesOf = (definable: { defineStatements(): string }): string[] => definable.defineStatements().split(';\n')
const invalid = (message: string, code = 'INVALID_MODEL') => expect.objectContaining({ code, message })

@Embeddable()
class Item extends EmbeddedDocument<Item>() {
  @StringField({ unique: true, comment: 'of the shop', readonly: true }) sku?: string
}

describe('the indexes of a model', () => {
  it('are of every kind, over lists by their elements, and inside of other fields', () => {
    const Made = model(
      {
        indexes: [
          { fields: ['tags', 'name'] },
          { fields: ['tags'], unique: true },
          { fields: ['name'], fulltext: { analyzer: 'old', bm25: false } },
          { count: true },
          { count: surql`name != ${null}`, name: 'named' },
        ],
      },
      {
        name: StringField({ index: { comment: 'c', concurrently: true }, unique: true }),
        tags: ListField(StringField(), { index: true }),
        items: ListField(EmbeddedField(() => Item)),
        vector: ListField(IntField(), {
          index: {
            hnsw: {
              dimension: 3,
              distance: { minkowski: 2.5 },
              type: 'i16',
              efc: 1,
              m: 2,
              m0: 3,
              lm: 0.5,
              extendCandidates: true,
              keepPrunedConnections: true,
              hashedVector: true,
            },
          },
        }),
        far: ListField(IntField(), {
          index: {
            diskann: {
              dimension: 3,
              distance: 'cosine_normalized',
              type: 'u8',
              degree: 1,
              lBuild: 2,
              alpha: 1.5,
              hashedVector: true,
            },
          },
        }),
      },
    )
    const name = `definitions_${count}`
    const define = (index: string, rest: string): string =>
      `DEFINE INDEX IF NOT EXISTS \`${index}\` ON \`${name}\` ${rest}`
    expect(linesOf(Made).filter((line) => line.startsWith('DEFINE INDEX'))).toEqual([
      define(`${name}_name_unique`, 'FIELDS `name` UNIQUE COMMENT "c" CONCURRENTLY'),
      define(`${name}_tags_index`, 'FIELDS `tags`.*'),
      define(`${name}_items_sku_unique`, 'FIELDS `items`.*.`sku` UNIQUE'),
      define(
        `${name}_vector_hnsw`,
        'FIELDS `vector` HNSW DIMENSION 3 DIST MINKOWSKI 2.5 TYPE I16 EFC 1 M 2 M0 3 LM 0.5 EXTEND_CANDIDATES KEEP_PRUNED_CONNECTIONS HASHED_VECTOR',
      ),
      define(
        `${name}_far_diskann`,
        'FIELDS `far` DISKANN DIMENSION 3 DIST COSINE_NORMALIZED TYPE U8 DEGREE 1 L_BUILD 2 ALPHA 1.5 HASHED_VECTOR',
      ),
      define(`${name}_tags_name_index`, 'FIELDS `tags`, `name`'),
      define(`${name}_tags_unique`, 'FIELDS `tags`.* UNIQUE'),
      define(`${name}_name_fulltext`, 'FIELDS `name` FULLTEXT ANALYZER `old`'),
      define(`${name}_count`, 'COUNT'),
      define('named', 'COUNT WHERE (name != NULL)'),
    ])
    expect(linesOf(Made)).toContain(
      `DEFINE FIELD OVERWRITE \`items\`.*.\`sku\` ON \`${name}\` TYPE none | null | string READONLY COMMENT "of the shop"`,
    )
  })

  it.each<[CollectionOptions, string]>([
    [
      { indexes: [{ fields: ['name'], unique: true, count: true }] },
      'An index of Made is unique and count at once; make one index of each kind.',
    ],
    [{ indexes: [{ fields: ['name'], hnsw: { dimension: 0.5 } }] }, ''],
  ])('cannot be %j', (options, message) => {
    expect(() => model(options)).toThrow(
      message === '' ? expect.objectContaining({ code: 'INVALID_DEFINITION' }) : invalid(message),
    )
  })

  it.each<[CollectionOptions, string]>([
    [{ indexes: [{ fields: ['name'], count: true }] }, 'An index of Made counts records, and so has no fields.'],
    [{ indexes: [{ unique: true }] }, 'An index of Made has no fields.'],
    [{ indexes: [{ fields: [] }] }, 'An index of Made has no fields.'],
    [
      { indexes: [{ fields: ['name', 'tags'], fulltext: { analyzer: 'a' } }] },
      'An index of Made is fulltext, which is of one field only.',
    ],
    [
      { indexes: [{ fields: ['name'] }, { fields: ['name'] }] },
      `Made has two indexes called "%_name_index"; give one another name.`,
    ],
  ])('are refused: %j', (options, message) => {
    const Made = model(options)
    expect(() => Made.defineStatements()).toThrow(invalid(message.replace('%', `definitions_${count}`)))
  })

  it('cannot be over what is computed', () => {
    const Made = model({ indexes: [{ fields: ['big'] }] }, { big: StringField({ computed: surql`1` }) })
    expect(() => Made.defineStatements()).toThrow(
      invalid('An index of Made is over a computed field, which the database cannot do.'),
    )
  })
})

describe('the options of a field', () => {
  it.each<[object, string]>([
    [{ computed: surql`1`, default: 'x' }, 'a computed field cannot have the option default'],
    [{ computed: surql`1`, value: surql`2` }, 'a computed field cannot have the option value'],
    [{ computed: surql`1`, assert: surql`2` }, 'a computed field cannot have the option assert'],
    [{ computed: surql`1`, readonly: true }, 'a computed field cannot have the option readonly'],
    [{ computed: surql`1`, unique: true }, 'a computed field cannot have the option unique'],
    [{ computed: surql`1`, defaultAlways: surql`2` }, 'a computed field cannot have the option defaultAlways'],
    [{ defaultAlways: 'x' }, 'the option defaultAlways is an expression: surql`…`'],
    [
      { default: 'x', defaultAlways: surql`1` },
      'the options default and defaultAlways are two answers to one question; drop one of them',
    ],
    [{ assert: '$value > 1' }, 'the option assert is an expression: surql`…`'],
    [{ value: () => 1 }, 'the option value is an expression: surql`…`'],
  ])('cannot be %p', (options, what) => {
    expect(() => model({}, { name: StringField(options) })).toThrow(
      invalid(`Made.name: ${what}.`, 'INVALID_FIELD_OPTION'),
    )
  })

  it('have a default of each write as DEFAULT ALWAYS', () => {
    const Made = model({}, { name: StringField({ required: true, defaultAlways: surql`${'x'}` }) })
    expect(linesOf(Made)[1]).toBe(
      `DEFINE FIELD OVERWRITE \`name\` ON \`definitions_${count}\` TYPE string DEFAULT ALWAYS ("x")`,
    )
    expect(() => ListField(StringField({ defaultAlways: surql`1` }))).toThrow(
      expect.objectContaining({ code: 'INVALID_FIELD_OPTION' }),
    )
  })

  it('of the items of a list of links are theirs, and the list watches the links', () => {
    const Linked = model()
    const linked = `definitions_${count}`
    const links = ListField(ReferenceField(() => Linked as never, { onDelete: 'unset', comment: 'c' }))
    expect(linesOf(model({}, { links })).slice(1)).toEqual([
      `DEFINE FIELD OVERWRITE \`links\` ON \`definitions_${count}\` TYPE none | array<record<\`${linked}\`>> REFERENCE ON DELETE UNSET`,
      `DEFINE FIELD OVERWRITE \`links\`.* ON \`definitions_${count}\` TYPE record<\`${linked}\`> COMMENT "c"`,
    ])
  })

  it('of a list without a field for its items are its own, and the database is told nothing of the items', () => {
    const fields = { list: ListField(undefined, { required: true }), free: AnyField({ type: null, comment: 'c' }) }
    expect(linesOf(model({}, fields)).slice(1)).toEqual([
      `DEFINE FIELD OVERWRITE \`list\` ON \`definitions_${count}\` TYPE array<any>`,
      `DEFINE FIELD OVERWRITE \`free\` ON \`definitions_${count}\` COMMENT "c"`,
    ])
    // inside of something else there is no saying nothing
    expect(linesOf(model({}, { list: ListField(AnyField({ type: null })) })).at(-1)).toBe(
      `DEFINE FIELD OVERWRITE \`list\`.* ON \`definitions_${count}\` TYPE any`,
    )
  })

  it.each([
    [{ type: 'int' }, 'INVALID_FIELD_OPTION', 'The option type is a type in SurrealQL'],
    [{ type: surql`int }` }, 'INVALID_DEFINITION', 'there is a "}" too many'],
    [{ type: surql`int; REMOVE TABLE a` }, 'INVALID_DEFINITION', 'it is several statements'],
    [{ type: surql`` }, 'INVALID_DEFINITION', 'there is no expression'],
  ])('cannot be a type that is none: %j', (options, code, message) => {
    expect(() => AnyField(options as never)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })

  it.each(['größe', 'a b', '1', 'NaN'])('cannot be over items of any kind in a field called %s', (dbField) => {
    const made = (field: unknown, schema: 'full' | 'less' = 'full') => model({ schema }, { field }).defineStatements()
    const options = { dbField, index: true, required: true } as const
    for (const field of [SetField(AnyField(), options), ListField(undefined, options)]) {
      expect(() => made(field)).toThrow(
        invalid(
          `An index of Made is over the items of "${dbField}", which may be of any kind; the database does not find them under a name that has to be quoted. Give the field another dbField, or a ListField(AnyField()) in its place.`,
        ),
      )
      expect(() => made(field, 'less')).not.toThrow()
    }
    for (const field of [ListField(AnyField(), options), SetField(IntField(), options)])
      expect(() => made(field)).not.toThrow()
    expect(() => made(SetField(AnyField(), { ...options, required: false }))).not.toThrow()
    expect(() => made(SetField(AnyField(), { ...options, dbField: 'plain' }))).not.toThrow()
  })

  it.each(['select', 'Function', 'NONE', 'info'])('cannot make a field of a record called %s', (name) => {
    const Made = model({}, { field: StringField({ dbField: name }) })
    expect(() => Made.defineStatements()).toThrow(
      invalid(
        `definitions_${count}.${name}: a table with a field of this name can no longer be read or written; give the field another dbField.`,
        'INVALID_DEFINITION',
      ),
    )
    expect(() => compile(defineStatements([modelMetaOf(Made)]), dialectFor('2.6.1'))).not.toThrow()
    expect(model({}, { a: ObjectField({ [name]: StringField() }) }).defineStatements()).toContain(`\`${name}\``)
  })

  it.each(['größe', 'a b', '1a', 'Infinity', '☃'])(
    'cannot compute a field called %s, which the engine would not give',
    (name) => {
      const Made = model({}, { field: StringField({ dbField: name, computed: surql`1` }) })
      expect(() => Made.defineStatements()).toThrow(
        invalid(
          `definitions_${count}.${name}: the database does not give what it computes under a name that has to be quoted; give the field another dbField.`,
          'INVALID_DEFINITION',
        ),
      )
      expect(() => compile(defineStatements([modelMetaOf(Made)]), dialectFor('2.6.1'))).not.toThrow()
    },
  )

  it('can compute a field called like a word of the language', () => {
    const Made = model({}, { value: StringField({ computed: surql`1` }) })
    expect(Made.defineStatements()).toContain('`value`')
  })

  it('say in which definition a value has no literal', () => {
    const Made = model({}, { name: StringField({ assert: surql`$value = ${() => 'secret'}` }) })
    expect(() => Made.defineStatements()).toThrow(
      invalid(
        `definitions_${count}.name: the definition holds a function, which cannot be written as SurrealQL.`,
        'INVALID_DEFINITION',
      ),
    )
  })

  it('are in the statement, a default only where the database makes it', () => {
    const Made = model(
      { schema: 'full' },
      {
        a: StringField({ default: 'x', permissions: 'none' }),
        b: StringField({ default: () => 'x', permissions: { create: false } }),
        c: StringField({ default: surql`rand::ulid()`, permissions: 'full' }),
        d: StringField({ computed: surql`a + ${'!'}`, comment: 'loud' }),
      },
    )
    const define = (field: string, rest: string): string =>
      `DEFINE FIELD OVERWRITE \`${field}\` ON \`definitions_${count}\` TYPE none | null | string${rest}`
    expect(linesOf(Made).slice(1)).toEqual([
      define('a', ' PERMISSIONS NONE'),
      define('b', ' PERMISSIONS FOR select FULL, FOR create NONE, FOR update FULL'),
      define('c', ' DEFAULT (rand::ulid()) PERMISSIONS FULL'),
      define('d', ' COMPUTED (a + "!") COMMENT "loud"'),
    ])
  })

  it('come from the field itself, too', () => {
    class Odd extends Field {
      readonly kind = 'odd'
      override get isFlexible() {
        return true
      }
      override get onDelete() {
        return 'unset' as const
      }
      override get sequence() {
        return { name: 'odd numbers' }
      }
      accepts = () => true
      buildSchema = () => z.unknown()
      databaseType = () => 'object'
    }
    const fields = { odd: fieldDecorator(new Odd({ required: true })) }
    const define = (rest: string): string =>
      `DEFINE FIELD OVERWRITE \`odd\` ON \`definitions_${count}\` TYPE object${rest}`
    expect(linesOf(model({ schema: 'full' }, fields))).toEqual([
      'DEFINE SEQUENCE IF NOT EXISTS `odd numbers`',
      `DEFINE TABLE OVERWRITE \`definitions_${count}\` TYPE NORMAL SCHEMAFULL`,
      define(' FLEXIBLE REFERENCE ON DELETE UNSET DEFAULT (sequence::nextval("odd numbers"))'),
    ])
    // the database refuses FLEXIBLE on a table without a schema
    expect(linesOf(model({}, fields))).toContain(
      define(' REFERENCE ON DELETE UNSET DEFAULT (sequence::nextval("odd numbers"))'),
    )
  })
})

describe('the options of a table', () => {
  const Other = model()
  const other = `definitions_${count}`

  it.each<[CollectionOptions, string]>([
    [{ type: 'any' }, 'TYPE ANY SCHEMALESS'],
    [{ type: 'relation' }, 'TYPE RELATION SCHEMALESS'],
    [{ in: () => Other }, `TYPE RELATION IN \`${other}\` SCHEMALESS`],
    [
      { out: () => [Other, Other], enforced: true },
      `TYPE RELATION OUT \`${other}\` | \`${other}\` ENFORCED SCHEMALESS`,
    ],
    [{ drop: true, schema: 'full' }, 'TYPE NORMAL SCHEMAFULL DROP'],
    [{ changefeed: '90m' }, 'TYPE NORMAL SCHEMALESS CHANGEFEED 1h30m'],
    [{ changefeed: new Duration('3d') }, 'TYPE NORMAL SCHEMALESS CHANGEFEED 3d'],
    [{ changefeed: { expiry: '3d', includeOriginal: true } }, 'TYPE NORMAL SCHEMALESS CHANGEFEED 3d INCLUDE ORIGINAL'],
    [{ permissions: 'full' }, 'TYPE NORMAL SCHEMALESS PERMISSIONS FULL'],
    [
      { permissions: { select: surql`x = ${1}`, create: true }, comment: '' },
      'TYPE NORMAL SCHEMALESS PERMISSIONS FOR select WHERE (x = 1), FOR create FULL, FOR update NONE, FOR delete NONE COMMENT ""',
    ],
  ])('%j', (options, text) => {
    expect(linesOf(model(options, {}))).toEqual([`DEFINE TABLE OVERWRITE \`definitions_${count}\` ${text}`])
  })

  it('make a view of a queryset, without fields of its own', () => {
    const view = () => Other.objects.filter({ name__in: ['a', 'b'] } as never)
    expect(linesOf(model({ view }))).toEqual([
      `DEFINE TABLE IF NOT EXISTS \`definitions_${count}\` TYPE NORMAL SCHEMALESS AS SELECT * FROM \`${other}\` WHERE (\`name\` IN ["a", "b"])`,
    ])
  })

  it.each<[CollectionOptions, string]>([
    [{ in: () => Other, type: 'any' }, 'Made: in and out make a relation, and the type says any.'],
    [{ enforced: true }, 'Made: enforced is for relations; give in and out.'],
    [
      { view: surql`SELECT * FROM a`, drop: true },
      'Made: a view takes no records of its own; drop schema, drop, in and out.',
    ],
    [
      {
        events: [
          { name: 'a', then: surql`1` },
          { name: 'a', then: surql`2` },
        ],
      },
      'Made: two events have one name.',
    ],
    [{ events: [{ name: 'a', then: [] }] }, 'The event a of Made does nothing; give then an expression.'],
  ])('cannot contradict each other: %j', (options, message) => {
    expect(() => model(options)).toThrow(invalid(message))
  })

  it.each<[CollectionOptions, string]>([
    [{ changefeed: 'soon' }, "The changefeed of Made is a duration, such as '3d' or '1h30m'."],
    [
      { events: [{ name: '', then: surql`1` }] },
      'An event of Made needs a name: text that is not empty and has no zero character.',
    ],
    [
      { events: [{ name: 'a', then: surql`1`, asynchronous: { retry: -1 } }] },
      'retry of the event a is a whole number from 0 on.',
    ],
  ])('cannot be wrong: %j', (options, message) => {
    expect(() => model(options)).toThrow(invalid(message, 'INVALID_DEFINITION'))
  })

  it('cannot link to what has no table', () => {
    expect(() => model({ in: () => Item }).defineStatements()).toThrow(
      invalid('The relation Made points at Item, which has no table of its own.'),
    )
    expect(() => model({ in: () => [] }).defineStatements()).toThrow(
      invalid('Made is a relation that names no model at one end.'),
    )
    expect(() => model({ in: () => Field as never }).defineStatements()).toThrow(
      expect.objectContaining({ code: 'MODEL_NOT_DECORATED' }),
    )
  })
})

describe('what belongs to the database', () => {
  it.each<[AnalyzerOptions, string]>([
    [{}, ''],
    [
      {
        tokenizers: ['blank', 'camel', 'class', 'punct'],
        filters: ['ascii', 'uppercase', { snowball: 'german' }, { ngram: [1, 2] }, { mapper: '/a "b".txt' }],
        function: new DatabaseFunction('clean up', { body: surql`RETURN 1` }),
        comment: 'c',
      },
      ' FUNCTION fn::`clean up` TOKENIZERS blank, camel, class, punct FILTERS ascii, uppercase, snowball(german), ngram(1, 2), mapper("/a \\"b\\".txt") COMMENT "c"',
    ],
  ])('an analyzer %j', (options, text) => {
    expect(new Analyzer('a b', options).defineStatements()).toBe(`DEFINE ANALYZER OVERWRITE \`a b\`${text}`)
  })

  it.each<[AnalyzerOptions, string]>([
    [{ filters: [{ ngram: [3, 2] }] }, 'The analyzer a has a ngram whose minimum is above its maximum.'],
    [{ filters: [{ edgengram: [0, 2] }] }, 'edgengram of the analyzer a is a whole number from 1 on.'],
    [{ filters: [{ snowball: 'x) --' }] }, 'The analyzer a names a tokenizer, filter or language that is no word.'],
    [{ tokenizers: ['a b' as never] }, 'The analyzer a names a tokenizer, filter or language that is no word.'],
  ])('no analyzer is %j', (options, message) => {
    expect(() => new Analyzer('a', options)).toThrow(invalid(message, 'INVALID_DEFINITION'))
  })

  it.each<[AccessOptions, string]>([
    [{ type: 'record' }, 'DATABASE TYPE RECORD'],
    [{ type: 'jwt', algorithm: 'RS256', key: 'k', on: 'namespace' }, 'NAMESPACE TYPE JWT ALGORITHM RS256 KEY "k"'],
    [{ type: 'bearer', for: 'user', on: 'namespace' }, 'NAMESPACE TYPE BEARER FOR USER'],
  ])('an access %j', (options, text) => {
    expect(new Access('a', options).defineStatements()).toBe(`DEFINE ACCESS IF NOT EXISTS \`a\` ON ${text}`)
  })

  it.each<[unknown, string]>([
    [{ type: 'record', on: 'namespace' }, 'The access a is for records, and these are in a database, not a namespace.'],
    [
      { type: 'bearer', for: 'record', on: 'namespace' },
      'The access a is for records, and these are in a database, not a namespace.',
    ],
    [{ type: 'jwt' }, 'The access a checks tokens by a key or by a url; give one of the two.'],
    [{ type: 'jwt', key: 'secret', algorithm: 'none; --' }, 'The access a has no known algorithm; HS512 for instance.'],
    [{ type: 'other' }, 'The access a has no type: it is record, jwt or bearer.'],
    [
      { type: 'record', duration: { token: 'soon' } },
      "The duration token of the access a is a duration, such as '3d' or '1h30m'.",
    ],
  ])('no access is %j', (options, message) => {
    expect(() => new Access('a', options as AccessOptions)).toThrow(invalid(message, 'INVALID_DEFINITION'))
  })

  it.each([
    [() => new Sequence(''), 'A sequence needs a name: text that is not empty and has no zero character.'],
    [() => new Sequence('a', { batch: 0 }), 'batch of the sequence a is a whole number from 1 on.'],
    [
      () => new Sequence('a', { timeout: 'x' }),
      "The timeout of the sequence a is a duration, such as '3d' or '1h30m'.",
    ],
    [
      () => new DatabaseParameter('a\0b', { value: 1 }),
      'A parameter needs a name: text that is not empty and has no zero character.',
    ],
    [() => new Analyzer('\ud800'), 'An analyzer needs a name: text that is not empty and has no zero character.'],
    [
      () => new DatabaseFunction('fn::a', { body: surql`1` }),
      'The function fn::fn::a is named without fn::, and no part is empty.',
    ],
    [
      () => new DatabaseFunction('a::', { body: surql`1` }),
      'The function fn::a:: is named without fn::, and no part is empty.',
    ],
    [
      () => new DatabaseFunction('a', { arguments: { '': IntField() }, body: surql`1` }),
      'The function fn::a has an argument without a name.',
    ],
    [
      () =>
        new DatabaseFunction('a', { arguments: { x: IntField(), y: IntField({ required: true }) }, body: surql`1` }),
      'The function fn::a has a required argument behind one that is not.',
    ],
  ])('refuses %s', (make, message) => {
    expect(make).toThrow(invalid(message, 'INVALID_DEFINITION'))
  })
})

describe('everything at once', () => {
  const analyzer = new Analyzer('shared')
  const indexes = [{ fields: ['name'], fulltext: { analyzer } }]
  const One = model({ indexes, events: [{ name: 'e', then: surql`CREATE log` }] }, { name: StringField() })
  const one = `definitions_${count}`
  const Two = model({ indexes }, { name: StringField({ unique: true }), link: ReferenceField(() => One as never) })
  const two = `definitions_${count}`
  const View = model({ view: () => One.objects, indexes: [{ fields: ['name'] }] }, { name: StringField() })
  const view = `definitions_${count}`
  const all = [View, One, new Sequence('s'), Two, analyzer, new DatabaseFunction('f', { body: surql`1` })]
  const kinds = (overwrite: boolean): string[] => {
    const definables = all.map((each) => ('statement' in each ? each : modelMetaOf(each)))
    const { query } = compile(defineStatements([...definables, ...definables], { overwrite }), NEWEST)
    return query
      .split(';\n')
      .map((line) =>
        line.replaceAll('`', '').replace(/^(DEFINE \w+|REMOVE \w+)(.*?) (TYPE|TOKENIZERS|FIELDS|\{|THEN).*/, '$1$2'),
      )
  }

  it('comes in an order that works, each once', () => {
    expect(kinds(false)).toEqual([
      'DEFINE FUNCTION OVERWRITE fn::f()',
      'DEFINE ANALYZER OVERWRITE shared',
      'DEFINE SEQUENCE IF NOT EXISTS s',
      `DEFINE TABLE OVERWRITE ${one}`,
      `DEFINE TABLE OVERWRITE ${two}`,
      `DEFINE FIELD OVERWRITE name ON ${one}`,
      `DEFINE FIELD OVERWRITE name ON ${two}`,
      `DEFINE FIELD OVERWRITE link ON ${two}`,
      `DEFINE INDEX IF NOT EXISTS ${one}_name_fulltext ON ${one}`,
      `DEFINE INDEX IF NOT EXISTS ${two}_name_unique ON ${two}`,
      `DEFINE INDEX IF NOT EXISTS ${two}_name_fulltext ON ${two}`,
      `DEFINE TABLE IF NOT EXISTS ${view}`,
      `DEFINE INDEX IF NOT EXISTS ${view}_name_index ON ${view}`,
      `DEFINE EVENT OVERWRITE e ON ${one}`,
    ])
  })

  it('is replaced altogether where that is asked for', () => {
    const overwritten = kinds(true)
    expect(overwritten.filter((line) => line.includes('IF NOT EXISTS'))).toEqual([`DEFINE TABLE IF NOT EXISTS ${view}`])
    expect(overwritten[overwritten.indexOf(`DEFINE TABLE IF NOT EXISTS ${view}`) - 1]).toBe(
      `REMOVE TABLE IF EXISTS ${view}`,
    )
    expect(overwritten).toContain(`DEFINE INDEX OVERWRITE ${one}_name_fulltext ON ${one}`)
    expect(overwritten).toContain('DEFINE SEQUENCE OVERWRITE s')
  })

  it('has no two definitions of one name', () => {
    expect(() => defineTablesSync([analyzer, new Analyzer('shared')])).toThrow(
      invalid('Two different definitions are called "shared"; give one another name.', 'INVALID_DEFINITION'),
    )
  })

  it('goes to one connection', () => {
    const models = [model({ connection: 'a' }), model({ connection: 'b' })]
    expect(() => defineTablesSync(models)).toThrow(
      invalid(
        'The models to define use different connections; define those of each by themselves, or give the connection.',
        'INVALID_DEFINITION',
      ),
    )
    const own = expect.objectContaining({
      code: 'CONNECTION_NOT_FOUND',
      message: expect.stringContaining('"a"') as unknown,
    })
    expect(() => defineTablesSync([models[0]!, analyzer])).toThrow(own)
  })

  it('has decorated classes only', () => {
    expect(() => defineTablesSync([class Plain {}])).toThrow(expect.objectContaining({ code: 'MODEL_NOT_DECORATED' }))
  })
})
