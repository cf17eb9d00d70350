import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { Collection, Document, StringField, surql } from '../../../src/index.js'
import { Article, Part } from './shop.js'

const added = new Date('2024-01-02T03:04:05.678Z')
const given = { name: 'Tea', secret: 's', added: added.toJSON() }

const issuesOf = (result: z.ZodSafeParseResult<unknown>): string[] =>
  (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)

test('the schema is one of zod, with the fields that can be given', () => {
  const names = (variant: 'create' | 'update' | 'read'): string[] => Object.keys(Article.zodSchema(variant).shape)
  expect(Article.zodSchema()).toBeInstanceOf(z.ZodObject)
  const all = ['name', 'slug', 'secret', 'price', 'shown', 'added', 'sold', 'tags', 'part', 'mood']
  expect(names('create')).toEqual(all)
  expect(names('update')).toEqual(all.filter((name) => name !== 'added'))
  expect(names('read')).toEqual(['id', ...all.filter((name) => name !== 'secret').toSpliced(8, 0, 'label')])
  expect(Article.zodSchema('create')).toBe(Article.zodSchema())
})

test('create: values in either form become those of the fields, and make a document', () => {
  const body = {
    ...given,
    sold: added,
    tags: ['ab', 'cd'],
    part: { name: 'lid', made: added.toJSON(), parts: [{ name: 'knob', count: 2 }] },
  }
  const parsed = Article.zodSchema('create').parse(body)
  expect(parsed).toMatchObject({ name: 'Tea', added, sold: added, tags: ['ab', 'cd'], price: 1.5 })
  expect(parsed).not.toHaveProperty('shown')
  expect(parsed.part).toBeInstanceOf(Part)
  expect(parsed.part?.toObject()).toEqual({
    name: 'lid',
    made: added,
    count: 1,
    parts: [{ name: 'knob', count: 2 }],
  })
  expect(parsed.part?.parts?.[0]).toBeInstanceOf(Part)
  const article = new Article(parsed)
  expect(article.part).toBe(parsed.part)
  expect(article.loud).toBe('TEA')
  expect(article.validateSync()).toBe(article)
})

test('create: an instance stands for an embedded document', () => {
  const part = new Part({ name: 'lid', made: added })
  const parsed = Article.zodSchema().parse({ ...given, part })
  expect(parsed.part?.toObject()).toEqual({ name: 'lid', made: added, count: 1 })
})

test('create: what is missing, null, unknown, computed or beyond a limit is named', () => {
  const refused = (extra: object): string[] => issuesOf(Article.zodSchema().safeParse({ ...given, ...extra }))
  expect(refused({})).toEqual([])
  expect(refused({ sold: null, tags: null, mood: null })).toEqual([])
  expect(refused({ name: undefined })).toEqual([expect.stringMatching(/^name: /)])
  expect(refused({ name: null })).toEqual([expect.stringMatching(/^name: /)])
  expect(refused({ price: null })).toEqual([])
  // a document that can hold itself is not told to the database in parts, so it may be null
  expect(refused({ part: null })).toEqual([])
  expect(refused({ nope: 1 })).toEqual([': Unrecognized key: "nope"'])
  expect(refused({ label: 'x' })).toEqual([': Unrecognized key: "label"'])
  expect(refused({ name: 'x'.repeat(11) })).toEqual([expect.stringMatching(/^name: Too big/)])
  expect(refused({ price: -1 })).toEqual(['price: must be at least 0'])
  expect(refused({ sold: 'yesterday' })).toEqual([expect.stringMatching(/^sold: /)])
  expect(refused({ tags: ['ab', 'c'] })).toEqual([expect.stringMatching(/^tags\.1: Too small/)])
  expect(refused({ tags: ['ab', 'ab', 'ab', 'ab'] })).toEqual([expect.stringMatching(/^tags: Too big/)])
  expect(refused({ part: { name: 'too long', parts: [{ name: 'lid', nope: 1 }] } })).toEqual([
    expect.stringMatching(/^part\.name: Too big/),
    'part.parts.0: Unrecognized key: "nope"',
  ])
  expect(refused({ part: 'lid' })).toEqual([expect.stringMatching(/^part: /)])
  expect(refused({ mood: 'bad' })).toEqual(['mood: must not be bad'])
})

test('update: everything may be left out, and nothing is filled in', () => {
  const schema = Article.zodSchema('update')
  expect(schema.parse({})).toEqual({})
  expect(schema.parse({ name: 'Tea', sold: added.toJSON() })).toEqual({ name: 'Tea', sold: added })
  expect(issuesOf(schema.safeParse({ name: null }))).toEqual([expect.stringMatching(/^name: /)])
  expect(issuesOf(schema.safeParse({ added }))).toEqual([': Unrecognized key: "added"'])
})

test('read: what toJSON() gives', () => {
  const article = new Article({ id: 'tea', ...given, added, part: new Part({ name: 'lid', made: added }) })
  article.slug = 'tea'
  article.shown = true
  const json = article.toJSON()
  expect(Article.zodSchema('read').parse(json)).toEqual(json)
  expect(json).toMatchObject({ id: 'zod_article:tea', added: added.toJSON() })
  expect(issuesOf(Article.zodSchema('read').safeParse({ ...json, secret: 's' }))).toHaveLength(1)
  expect(issuesOf(Article.zodSchema('read').safeParse({ ...json, added }))).toHaveLength(1)
})

test('a validator that waits needs a parse that waits', async () => {
  @Collection('zod_slow')
  class Slow extends Document<Slow>() {
    @StringField({ validators: [async (value) => (await Promise.resolve(value)) !== 'bad' || 'must not be bad'] })
    name?: string
  }
  expect(() => Slow.zodSchema().parse({ name: 'bad' })).toThrow(z.core.$ZodAsyncError)
  expect(issuesOf(await Slow.zodSchema().safeParseAsync({ name: 'bad' }))).toEqual(['name: must not be bad'])
  await expect(Slow.zodSchema().parseAsync({ name: 'good' })).resolves.toEqual({ name: 'good' })
})

test('it is a Standard Schema', async () => {
  const standard = Article.zodSchema()['~standard']
  expect(standard).toMatchObject({ version: 1, vendor: 'zod' })
  expect(await standard.validate(given)).toMatchObject({ value: { name: 'Tea', added } })
  expect(await standard.validate({ ...given, name: 1 })).toMatchObject({ issues: [{ path: ['name'] }] })
})

test('it can be narrowed and widened as any zod object', () => {
  const schema = Article.zodSchema().pick({ name: true }).extend({ captcha: z.string() })
  expect(schema.parse({ name: 'Tea', captcha: 'x' })).toEqual({ name: 'Tea', captcha: 'x' })
})

test('a class without its decorator has none', () => {
  class Bare extends Document<Bare>() {}
  expect(() => Bare.zodSchema()).toThrow('Bare has no @Collection')
})

describe('a model that keeps unknown fields', () => {
  @Collection('zod_hybrid_log', { unknownFields: 'keep' })
  class Log extends Document<Log>() {
    [key: string]: unknown
    @StringField({ required: true, dbField: 'how_bad' }) level!: string
    @StringField({ hidden: true }) secret?: string
    @StringField({ readonly: true }) origin?: string
    @StringField({ computed: surql`string::uppercase(how_bad)` }) readonly label?: string
  }
  const takes = (variant: 'create' | 'update' | 'read', value: object): boolean =>
    Log.zodSchema(variant).safeParse(value).success
  const more = { size: 3, at: { x: [1, null] } }

  test('takes and gives them in all variants', () => {
    expect(Log.zodSchema('create').parse({ level: 'a', ...more })).toEqual({ level: 'a', ...more })
    expect(Log.zodSchema('update').parse(more)).toEqual(more)
    const log = new Log({ id: 'a', level: 'a', secret: 's', ...more })
    expect(Log.zodSchema('read').parse(log.toJSON())).toEqual(log.toJSON())
    expect(new Log(Log.zodSchema().parse({ level: 'a', ...more })).validateSync().toObject()).toMatchObject(more)
  })

  test('still has its fields checked, and takes nothing that cannot be stored', () => {
    expect(takes('create', more)).toBe(false)
    expect(takes('create', { level: 1 })).toBe(false)
    expect(takes('create', { level: 'a', size: () => {} })).toBe(false)
    expect(takes('update', { size: Symbol('x') })).toBe(false)
  })

  test('takes no key that is a field of another variant, or the name of one in the database', () => {
    for (const refused of [{ id: 'x' }, { label: 'x' }, { how_bad: 'x' }]) {
      expect([refused, takes('create', { level: 'a', ...refused })]).toEqual([refused, false])
      expect([refused, takes('update', refused)]).toEqual([refused, false])
    }
    expect(takes('update', { origin: 'x' })).toBe(false)
    expect(takes('read', { id: 'zod_hybrid_log:a', level: 'a', secret: 'x' })).toBe(false)
  })

  test.each(['create', 'update', 'read'] as const)('says so in the JSON Schema: %s', (variant) => {
    expect(Log.jsonSchema(variant).additionalProperties).toEqual({})
  })
})
