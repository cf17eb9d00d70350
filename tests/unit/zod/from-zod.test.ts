import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { Collection, Document, ModelDefinitionError, StringField, ValidationError } from '../../../src/index.js'
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
    'DEFINE FIELD OVERWRITE `age` ON `from_zod_person` TYPE none | null | int',
    'DEFINE FIELD OVERWRITE `height` ON `from_zod_person` TYPE none | null | float',
    'DEFINE FIELD OVERWRITE `active` ON `from_zod_person` TYPE bool',
    'DEFINE FIELD OVERWRITE `born` ON `from_zod_person` TYPE none | null | datetime',
    'DEFINE FIELD OVERWRITE `role` ON `from_zod_person` TYPE string',
    'DEFINE FIELD OVERWRITE `level` ON `from_zod_person` TYPE none | null | int',
    'DEFINE FIELD OVERWRITE `tags` ON `from_zod_person` TYPE array<string>',
    'DEFINE FIELD OVERWRITE `even` ON `from_zod_person` TYPE none | null | int',
    'DEFINE FIELD OVERWRITE `code` ON `from_zod_person` TYPE none | null | string',
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
    [{ role: 'king' }, ['role'], 'must be one of admin, guest'],
    [{ level: 3 }, ['level'], 'expected one of 1|2'],
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

describe('a key that no field can hold is named', () => {
  test.each([
    ['a symbol', z.symbol()],
    ['a promise', z.promise(z.string())],
    ['a pipe', z.string().transform(Number)],
    ['a mixture of literals', z.literal(['a', 1])],
  ])('%s', (_, part) => {
    const define = (): unknown => Document<unknown>().fromZod(z.object({ fine: z.string(), odd: part }))
    expect(define).toThrow(ModelDefinitionError)
    expect(define).toThrow('fromZod() has no field for "odd"')
  })

  test('inside a list', () => {
    expect(() => Document<unknown>().fromZod(z.object({ odd: z.array(z.symbol()) }))).toThrow('"odd[]", a zod symbol')
  })
})

test('a field named like a member of every document is refused as ever', () => {
  const define = (): unknown =>
    Collection('from_zod_member')(Document<unknown>().fromZod(z.object({ save: z.string() })))
  expect(define).toThrow('"save" is a member of every document')
})
