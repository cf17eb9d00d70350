import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { IntField, SequenceField, StringField, ValidationError, type FieldDecorator } from '../../../src/index.js'
import { anInteger } from '../../support/fields/arbitraries.js'
import { errorOf } from '../../support/error-of.js'
import { everywhere } from '../../support/everywhere.js'
import { modelOf, type AnyDocument } from '../../support/fields/model-of.js'

const made = (['full', 'less'] as const).map((schema) => {
  const fields = {
    number: SequenceField({ name: `sequence matrix ${schema}` }),
    name: StringField(),
    // a second field of the same sequence
    other: SequenceField({ name: `sequence matrix ${schema}`, dbField: 'the other' }),
  } as never as Record<string, FieldDecorator<never>>
  return { schema, model: modelOf(`sequence_matrix_${schema}`, fields, { schema }) }
})

const shared = ['one', 'two'].map((name) =>
  modelOf(`sequence_shared_${name}`, {
    number: SequenceField({ name: 'sequence shared' }) as never,
    size: IntField() as never,
  }),
)

const KEPT = [0, 1, -1, 2 ** 53 - 1, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)]
const REFUSED = ['1', '', 1.5, NaN, Infinity, 2 ** 53, 2n ** 63n, true, [1], {}, Symbol('1'), null]

everywhere(
  'SequenceField',
  (place) => {
    const { mode } = place

    describe.each(made)('on a table that is schema$schema', ({ model }) => {
      beforeAll(() => mode(model).defineTable())
      const numbersOf = (documents: readonly unknown[]) =>
        (documents as AnyDocument[]).map((document) => document['number'] as number)
      const load = async (document: AnyDocument) => (await mode(model).get(document.id)) as AnyDocument

      test('gives each record that has none a number of its own, and each a larger one', async () => {
        const numbers: number[] = []
        for (let index = 0; index < 5; index++) {
          const document = new model({ name: `n${index}`, number: undefined } as never) as AnyDocument
          await mode(document).save()
          const found = await load(document)
          expect([found['number'], found['other']]).toEqual([document['number'], document['other']])
          expect(document.isDirty).toBe(false)
          numbers.push(document['number'] as number, document['other'] as number)
        }
        const bulk = await mode(model.objects).bulkCreate(Array.from({ length: 20 }, () => ({})) as never)
        numbers.push(...(bulk as AnyDocument[]).flatMap((each) => [each['number'], each['other']] as number[]))
        expect(numbers.every(Number.isInteger)).toBe(true)
        expect(new Set(numbers).size).toBe(numbers.length)
        const firsts = numbers.filter((_, index) => index % 2 === 0)
        expect(firsts).toEqual([...firsts].sort((left, right) => left - right))
      })

      test('keeps the numbers that are given, and takes no others', async () => {
        for (const number of KEPT) {
          const document = new model({ number } as never) as AnyDocument
          await mode(document).save()
          expect((await load(document))['number']).toBe(number)
          expect(await mode(model.objects.filter({ id: document.id, number } as never)).count()).toBe(1)
        }
        for (const number of REFUSED) {
          const document = new model({ number } as never) as AnyDocument
          expect(await errorOf(() => mode(document).save())).toBeInstanceOf(ValidationError)
          expect(document.isNew).toBe(true)
        }
      })

      test('keeps its number when the rest changes, and takes another in its place, but not none', async () => {
        const document = (await mode(model).create({ name: 'a' } as never)) as AnyDocument
        const { number } = document as unknown as { number: number }
        await mode(document).update({ name: 'b' } as never)
        expect([document['number'], (await load(document))['number']]).toEqual([number, number])
        await mode(document).update({ number: number + 1_000_000 } as never)
        expect((await load(document))['number']).toBe(number + 1_000_000)
        document['number'] = undefined
        expect(await errorOf(() => mode(document).save())).toMatchObject({ issues: [{ path: ['number'] }] })
        expect((await load(document))['number']).toBe(number + 1_000_000)
      })

      test('keeps numbers at random beside those that it gives', async () => {
        const sample = fc.sample(fc.option(anInteger, { nil: undefined }), 60)
        const stored = await mode(model.objects).bulkCreate(sample.map((number) => ({ number })) as never)
        const found = await mode(model.objects.filter({ id__in: stored.map(({ id }) => id) } as never)).all()
        const numbers = new Map(found.map((each) => [String(each.id), (each as unknown as AnyDocument)['number']]))
        const given: unknown[] = []
        for (const [index, { id }] of (stored as AnyDocument[]).entries()) {
          const wanted = sample[index]
          const number = numbers.get(String(id))
          if (wanted === undefined) given.push(number)
          else assert.equal(number, Number.isSafeInteger(Number(wanted)) ? Number(wanted) + 0 : wanted)
        }
        assert(given.every(Number.isInteger))
        assert.equal(new Set(given).size, given.length)
        expect(numbersOf(stored)).toHaveLength(sample.length)
      })
    })

    test('is one count for several fields and models, also when many write at once', async () => {
      for (const model of shared) await mode(model).defineTable()
      const writes = Array.from({ length: 20 }, (_, index) => shared[index % 2]!.create({ size: index } as never))
      const numbers = ((await Promise.all(writes)) as AnyDocument[]).map((document) => document['number'])
      expect(new Set(numbers).size).toBe(20)
    })
  },
  ['mem', 'ws'],
)
