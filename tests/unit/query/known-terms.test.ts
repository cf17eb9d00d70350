import assert from 'node:assert/strict'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Collection, DictField, Document, IntField, LookupError, registerLookup } from '../../../src/index.js'
import { parseFilter } from '../../../src/query/parse-filter.js'
import { modelMetaOf } from '../../../src/schema/model-registry.js'
import { Person } from './people.js'

/** Keys that mean something, keys that do not, and values of which each suits some of them. */
const key = fc.constantFrom(
  ...['name', 'name__icontains', 'name__len__gte', 'name__isnull', 'age', 'age__in', 'age__between', 'born__year__lt'],
  ...['tags__0', 'tags__any__startswith', 'tags__contains', 'address__city', 'homes__zip', 'homes__all__city__ne'],
  ...['company__name', 'company__boss__company__address__city', 'id', 'id__in', 'subject__exact'],
  ...['nothing', 'name__nothing', 'age__icontains', 'address__nothing__len', 'tags__first'],
)
const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }),
)

const meta = modelMetaOf(Person)

function outcome(read: () => unknown): unknown {
  try {
    return JSON.stringify(read())
  } catch (error) {
    return String(error)
  }
}

test('a key that was asked before asks the same as one that was not', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 4 }), (filter) => {
      assert.equal(
        outcome(() => parseFilter(meta, filter)),
        // a structure that nothing was asked of yet
        outcome(() => parseFilter({ ...meta }, filter)),
      )
    }),
    { numRuns: 2000 },
  )
})

@Collection('known_terms_shop')
class Shop extends Document<Shop>() {
  @DictField(IntField()) stock?: Record<string, number | bigint>
}

const stockOf = (key: string) =>
  Shop.objects.filter({ [`stock__${key}`]: 1 } as { stock__a: number }).toSurrealQL().query

test('there is no end to the keys of a dictionary', () => {
  for (let index = 0; index < 2500; index++) {
    const key = `key${index % 1200}`
    assert.equal(stockOf(key), `SELECT * FROM \`known_terms_shop\` WHERE (\`stock\`.\`${key}\` = $p0)`)
  }
})

test('what is registered counts from then on', () => {
  expect(stockOf('twice')).toBe('SELECT * FROM `known_terms_shop` WHERE (`stock`.`twice` = $p0)')
  expect(() => Shop.objects.filter({ stock__a__twice: 1 } as never)).toThrow(LookupError)
  registerLookup(IntField, 'twice', { build: (value, given) => value.eq(given) })
  expect(Shop.objects.filter({ stock__a__twice: 1 } as never).toSurrealQL().query).toContain('`stock`.`a`')
  registerLookup(DictField(IntField()), 'twice', { build: (value) => value.len().eq(2) })
  expect(() => stockOf('twice')).toThrow('Shop.stock__twice takes a dict value')
})
