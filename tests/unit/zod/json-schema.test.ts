import { expect, test } from '@jest/globals'
import { Article } from './shop.js'

const part = {
  type: 'object',
  properties: {
    name: { description: 'On the label', type: 'string', maxLength: 5 },
    made: { anyOf: [expect.objectContaining({ type: 'string', format: 'date-time' }), { type: 'null' }] },
    count: {
      anyOf: [
        { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        { type: 'string' },
      ],
    },
    parts: { type: 'array', items: { $ref: expect.stringMatching(/^#\/\$defs\//) as unknown } },
  },
  required: ['name'],
  additionalProperties: false,
}

test('create: the JSON form of what a document is made from', () => {
  const schema = Article.jsonSchema()
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Article',
    type: 'object',
    required: ['name', 'secret', 'added'],
    additionalProperties: false,
  })
  expect(schema.properties).toMatchObject({
    name: { description: 'As in the shop', type: 'string', maxLength: 10 },
    slug: { type: 'string' },
    secret: { type: 'string' },
    price: { default: 1.5 },
    shown: { type: 'boolean' },
    added: { type: 'string', format: 'date-time' },
    tags: { anyOf: [{ maxItems: 3, type: 'array', items: { type: 'string', minLength: 2 } }, { type: 'null' }] },
  })
  expect(Object.keys(schema.properties ?? {})).not.toContain('label')
  expect(Object.values(schema.$defs ?? {})).toEqual([part])
})

test('update: nothing is required, and what cannot be changed is absent', () => {
  const schema = Article.jsonSchema('update')
  expect(schema).not.toHaveProperty('required')
  expect(schema.properties).not.toHaveProperty('added')
  expect(schema.properties?.['price']).not.toHaveProperty('default')
})

test('read: the id, what is computed, and nothing hidden', () => {
  const schema = Article.jsonSchema('read')
  expect(schema.required).toEqual(['id', 'name', 'slug', 'shown', 'added'])
  expect(schema.properties).toMatchObject({ id: { type: 'string' }, label: { type: ['string', 'null'] } })
  expect(schema.properties).not.toHaveProperty('secret')
})

test('it is plain JSON, made anew for whoever asks', () => {
  const schema = Article.jsonSchema()
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  delete schema.properties
  expect(Article.jsonSchema().properties).toBeDefined()
})
