import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import * as mini from 'zod/mini'
import { Collection, Document, ModelDefinitionError, StringField, Uuid, ValidationError } from '../../../src/index.js'
import type { ValidationIssue } from '../../../src/index.js'

const PersonSchema = z.object({
  name: z.string().min(2).max(10).describe('As on the passport'),
  age: z.int().min(0).optional(),
  height: z.number().nullable(),
  active: z.boolean().default(true),
  born: z.date().optional(),
  role: z.enum(['admin', 'guest']),
  level: z.literal([1, 2]).optional(),
  tags: z.array(z.string().min(2)).default(() => ['new']),
  even: z
    .int()
    .refine((value) => value % 2 === 0, 'must be even')
    .optional(),
  code: z.lazy(() => z.string().startsWith('c-')).optional(),
})

@Collection('from_zod_person', { schema: 'full' })
class Person extends Document<Person>().fromZod(PersonSchema) {
  @StringField() note?: string
}

const ann = { name: 'Ann', role: 'admin', height: null } as const

function issuesOf(fields: object): readonly ValidationIssue[] {
  try {
    new Person({ ...ann, ...fields } as never).validateSync()
    return []
  } catch (error) {
    if (error instanceof ValidationError) return error.issues
    throw error
  }
}

test('the keys are fields of the model, beside its own', () => {
  expect(Person.defineStatements().split(';\n')).toEqual([
    'DEFINE TABLE OVERWRITE `from_zod_person` TYPE NORMAL SCHEMAFULL',
    'DEFINE FIELD OVERWRITE `name` ON `from_zod_person` TYPE string COMMENT "As on the passport"',
    'DEFINE FIELD OVERWRITE `age` ON `from_zod_person` TYPE none | int',
    'DEFINE FIELD OVERWRITE `height` ON `from_zod_person` TYPE null | float',
    'DEFINE FIELD OVERWRITE `active` ON `from_zod_person` TYPE bool',
    'DEFINE FIELD OVERWRITE `born` ON `from_zod_person` TYPE none | datetime',
    'DEFINE FIELD OVERWRITE `role` ON `from_zod_person` TYPE string',
    'DEFINE FIELD OVERWRITE `level` ON `from_zod_person` TYPE none | 1 | 2',
    'DEFINE FIELD OVERWRITE `tags` ON `from_zod_person` TYPE array<string>',
    'DEFINE FIELD OVERWRITE `even` ON `from_zod_person` TYPE none | int',
    'DEFINE FIELD OVERWRITE `code` ON `from_zod_person` TYPE none | string',
    'DEFINE FIELD OVERWRITE `note` ON `from_zod_person` TYPE none | null | string',
  ])
})

test('defaults are made anew for each document', () => {
  const [first, second] = [new Person(ann), new Person(ann)]
  expect(first.toObject()).toEqual({ ...ann, active: true, tags: ['new'] })
  first.tags.push('more')
  expect(second.tags).toEqual(['new'])
})

test('what zod checks, the document checks', () => {
  expect(issuesOf({ note: 'likes tea', age: 41, even: 2, code: 'c-1', level: 2, born: new Date() })).toEqual([])
  const refused: readonly (readonly [object, (string | number)[], string])[] = [
    [{ name: 'A' }, ['name'], 'Too small'],
    [{ name: 7 }, ['name'], 'expected string'],
    [{ name: undefined }, ['name'], 'is required'],
    [{ age: -1 }, ['age'], 'at least 0'],
    [{ age: 1.5 }, ['age'], 'whole number'],
    [{ height: Number.NaN }, ['height'], 'received NaN'],
    [{ role: 'king' }, ['role'], 'must be one of "admin", "guest"'],
    [{ level: 3 }, ['level'], 'must be one of 1, 2'],
    [{ age: null }, ['age'], 'cannot be null'],
    [{ height: undefined }, ['height'], 'is required'],
    [{ tags: ['ab', 'c'] }, ['tags', 1], 'Too small'],
    [{ even: 3 }, ['even'], 'must be even'],
    [{ code: 'd-1' }, ['code'], 'must start with'],
  ]
  for (const [fields, path, message] of refused) {
    expect(issuesOf(fields)).toEqual([
      expect.objectContaining({ path, message: expect.stringContaining(message) as unknown }),
    ])
  }
})

test('a refinement that waits is waited for', async () => {
  const schema = z.object({
    name: z.string().refine(async (value) => (await Promise.resolve(value)) !== 'bad', 'must not be bad'),
  })
  @Collection('from_zod_waiting')
  class Waiting extends Document<Waiting>().fromZod(schema) {}
  await expect(new Waiting({ name: 'bad' }).validate()).rejects.toThrow('Waiting.name: must not be bad')
  await expect(new Waiting({ name: 'good' }).validate()).resolves.toBeInstanceOf(Waiting)
  expect(() => new Waiting({ name: 'good' }).validateSync()).toThrow('validator of Waiting.name is asynchronous')
})

test('the zod schema of the model takes what the one it was made from takes', () => {
  const schema = Person.zodSchema()
  expect(schema.parse(ann)).toEqual({ ...ann, active: true, tags: ['new'] })
  for (const wrong of [{ even: 3 }, { tags: ['a'] }, { role: 'king' }, { nope: 1 }])
    expect(schema.safeParse({ ...ann, ...wrong }).success).toBe(false)
  expect(Person.jsonSchema().properties?.['name']).toEqual({
    type: 'string',
    minLength: 2,
    maxLength: 10,
    description: 'As on the passport',
  })
})

const endless: z.ZodType = z.lazy(() => z.array(endless))

describe('a key that no field can hold is named', () => {
  test.each([
    ['a symbol', z.symbol()],
    ['a promise', z.promise(z.string())],
    ['a transform', z.string().transform(Number)],
    ['a map', z.map(z.string(), z.number())],
    ['a custom check', z.custom<string>(() => true)],
    ['a class that the database does not know', z.instanceof(URL)],
    ['a file', z.file()],
    ['nothing', z.null()],
    ['never', z.never()],
    ['kinds that are never one value', z.intersection(z.string(), z.object({}))],
    ['a lazy list of itself', endless],
    ['JSON', z.json()],
  ])('%s', (_, part) => {
    const define = (): unknown => Document<unknown>().fromZod(z.object({ fine: z.string(), odd: part }))
    expect(define).toThrow(ModelDefinitionError)
    expect(define).toThrow('fromZod() has no field for "odd')
  })

  test('with what to do about it', () => {
    const define = (odd: z.ZodType) => (): unknown => Document<unknown>().fromZod(z.object({ odd }))
    expect(define(z.string().transform(Number))).toThrow('end it with .pipe(z.number())')
    expect(define(z.map(z.string(), z.number()))).toThrow('take z.record()')
    expect(define(z.custom<string>(() => true))).toThrow('take z.instanceof()')
    const person = z.object({
      name: z.string(),
      get friends() {
        return z.array(person)
      },
    })
    expect(() => Document<unknown>().fromZod(person)).toThrow('"friends[]", which holds values of its own kind')
    expect(define(person)).toThrow('"odd.friends[]", which holds values of its own kind')
    const anew = (): z.ZodType => z.array(z.lazy(anew))
    expect(define(anew())).toThrow('declare it with an EmbeddedField')
    expect(define(z.string().min(5).max(1))).toThrow('fromZod() of "odd": minLength 5 is above maxLength 1.')
  })

  test('inside a list', () => {
    expect(() => Document<unknown>().fromZod(z.object({ odd: z.array(z.symbol()) }))).toThrow('"odd[]", a zod symbol')
  })
})

const Everything = z.object({
  big: z.bigint(),
  set: z.set(z.string()),
  scores: z.record(z.string(), z.int()),
  byName: z.record(z.enum(['a', 'b']), z.date()),
  address: z.object({ city: z.string(), zip: z.string().optional() }),
  loose: z.looseObject({ a: z.string() }).nullish(),
  rest: z.object({ a: z.string() }).catchall(z.date()),
  pair: z.tuple([z.number(), z.number()]),
  mixed: z.tuple([z.string()], z.date()),
  either: z.union([z.string(), z.int(), z.null()]),
  shape: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('circle'), radius: z.number() }),
    z.object({ kind: z.literal('square'), side: z.number() }),
  ]),
  merged: z.intersection(z.object({ a: z.string() }), z.object({ b: z.int() })),
  email: z.email(),
  web: z.httpUrl(),
  mail: z.url(),
  ip: z.ipv4(),
  uuid: z.uuid(),
  own: z.instanceof(Uuid),
  bytes: z.instanceof(Uint8Array),
  day: z.iso.date(),
  native: z.enum({ Low: 1, High: 2 }),
  branded: z.string().brand('Name').readonly(),
  caught: z.string().catch('x'),
  pre: z.string().prefault('ab'),
  when: z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() }),
  checked: z.preprocess((value) => value, z.stringbool()),
  any: z.any(),
  unknown: z.unknown(),
  said: z.string().meta({ description: 'As said' }).optional(),
})

@Collection('from_zod_everything', { schema: 'full' })
class All extends Document<All>().fromZod(Everything) {}

test('each kind is the field that fits', () => {
  const types = All.defineStatements()
    .split(';\n')
    .slice(1)
    .map((statement) => statement.replace('DEFINE FIELD OVERWRITE ', '').replace(' ON `from_zod_everything` TYPE', ':'))
  expect(types).toEqual([
    '`big`: int',
    '`set`: set<string>',
    '`scores`: object',
    '`scores`.*: int',
    '`byName`: object',
    '`byName`.`a`: datetime',
    '`byName`.`b`: datetime',
    '`address`: object',
    '`address`.`city`: string',
    '`address`.`zip`: none | string',
    '`loose`: none | null | object FLEXIBLE',
    '`rest`: object FLEXIBLE',
    '`rest`.`a`: string',
    '`pair`: array<float>',
    '`mixed`: array<any>',
    '`mixed`.*: any',
    '`either`: null | string | int',
    '`shape`: object FLEXIBLE',
    '`merged`: object',
    '`merged`.`a`: string',
    '`merged`.`b`: int',
    '`email`: string',
    '`web`: string',
    '`mail`: string',
    '`ip`: string',
    '`uuid`: string',
    '`own`: uuid',
    '`bytes`: bytes',
    '`day`: string',
    '`native`: int',
    '`branded`: string',
    '`caught`: string',
    '`pre`: string',
    '`when`: datetime',
    '`checked`: bool',
    '`any`: any',
    '`unknown`: any',
    '`said`: none | string COMMENT "As said"',
  ])
})

test('zod mini is taken too', () => {
  const schema = mini.object({ name: mini.string().check(mini.minLength(2)), age: mini.optional(mini.int()) })
  @Collection('from_zod_mini')
  class Small extends Document<Small>().fromZod(schema) {}
  expect(new Small({ name: 'Ann', age: 4 }).validateSync().name).toBe('Ann')
  expect(() => new Small({ name: 'A' }).validateSync()).toThrow('Small.name')
})

test('defaults are what zod fills in', () => {
  const schema = z.object({
    plain: z.string().default('a'),
    before: z.string().prefault('b'),
    caught: z.string().catch('c'),
    nothing: z.string().nullable().default(null),
    bad: z.string().min(2).catch('dd').optional(),
  })
  @Collection('from_zod_defaults')
  class Filled extends Document<Filled>().fromZod(schema) {}
  expect(new Filled().validateSync().toObject()).toEqual(schema.parse({}))
  expect(() => new Filled({ caught: 1 as never }).validateSync()).toThrow('Filled.caught')
})

test('a field named like a member of every document is refused as ever', () => {
  const define = (): unknown =>
    Collection('from_zod_member')(Document<unknown>().fromZod(z.object({ save: z.string() })))
  expect(define).toThrow('"save" is a member of every document')
})
