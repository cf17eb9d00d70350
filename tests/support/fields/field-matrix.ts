import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ValidationError, type FieldDecorator, type FieldOptions, type ModelClass } from '../../../src/index.js'
import { everywhere, type Place } from '../everywhere.js'
import { modelOf, type AnyDocument } from './model-of.js'
import { holdersOf, keepsNested, keepsNothingNested, refusesInside, type NestedValues } from './nested-values.js'

/** What is shown of one kind of field. */
export interface FieldMatrix<Value> {
  /** Makes the field; the options are those that every field has. */
  readonly make: (options?: FieldOptions<Value>) => FieldDecorator<Value>
  /** Each is stored and comes back equal. */
  readonly values: readonly Value[]
  /** None of them gets as far as the database. */
  readonly refused: readonly unknown[]
  /** Values at random, which come back equal too. */
  readonly arbitrary?: fc.Arbitrary<Value>
  /** What comes back for a value, where that is not the value itself. */
  readonly loaded?: (value: Value) => unknown
  /** Whether a filter for a value finds the records that hold it. Default: nobody asks. */
  readonly isFoundByValue?: boolean
  /** Whether a field without `required` may be null. Default: true. */
  readonly takesNull?: boolean
}

const RANDOM_VALUES = 50
/** How many of them stand in one list. */
const NESTED_VALUES = 15
let count = 0

/** Shows that a kind of field keeps its values: on both kinds of table, over the embedded engine and a websocket, in both modes. */
export function fieldMatrix<Value>(name: string, matrix: FieldMatrix<Value>): void {
  const { values, refused, arbitrary, loaded = (value: Value): unknown => value, takesNull = true } = matrix
  const { isFoundByValue = false } = matrix
  const number = ++count
  const models = (['full', 'less'] as const).map((schema) => {
    const table = `matrix_${name}_${schema}_${number}`.toLowerCase().replaceAll(/\W/g, '_')
    const fields = {
      value: matrix.make() as FieldDecorator<never>,
      needed: matrix.make({ required: true }) as FieldDecorator<never>,
      ...holdersOf(() => matrix.make() as FieldDecorator<never>),
    }
    return { schema, model: modelOf(table, fields, { schema }) }
  })

  everywhere(
    name,
    (place) => {
      describe.each(models)('on a table that is schema$schema', ({ model, schema }) => {
        beforeAll(() => model.defineTable({ connection: place.connection }))
        const given = { needed: values[0] }
        const nested: NestedValues = { place, model, given, loaded: (value) => loaded(value as Value) }

        test('keeps its values', async () => {
          for (const value of values) await keeps(place, model, { value, needed: value })
        })

        test('keeps what is missing', async () => {
          const [needed] = values
          await keeps(place, model, { value: undefined, needed })
          if (takesNull) await keeps(place, model, { value: null, needed })
          for (const missing of [undefined, null]) {
            const made = new model({ needed: missing } as never) as AnyDocument
            await expect((async () => place.mode(made).save())()).rejects.toThrow(ValidationError)
          }
        })

        test('keeps its values inside of lists, options and dicts', async () => {
          await keepsNested(nested, values)
          await keepsNothingNested(nested, matrix.make().field.takesNothing)
          for (const value of refused) await refusesInside(nested, value)
        })

        if (isFoundByValue) {
          test('finds a record by its value', async () => {
            for (const value of values) {
              const held = { value, option: value, dict: { here: value } }
              const made = new model({ needed: value, list: [value], ...held } as never) as AnyDocument
              await place.mode(made).save()
              const { dict: _, ...whole } = held
              const inside = { needed__in: [value], list__contains: value, dict__here: value }
              const same = model.objects.filter({ id: made.id, ...whole, ...inside } as never)
              expect(await place.mode(same).count()).toBe(1)
            }
          })
        }

        test('takes other values in the place of stored ones', async () => {
          const made = new model({ needed: values[0] } as never) as AnyDocument
          await place.mode(made).save()
          for (const value of values) {
            made['value'] = value
            await place.mode(made).save()
            expect(made.isDirty).toBe(false)
            expect((await load(place, model, made))['value']).toEqual(loaded(value))
          }
          made['value'] = undefined
          await place.mode(made).save()
          expect((await load(place, model, made))['value']).toBeUndefined()
        })

        test('refuses what is none of its values', async () => {
          for (const value of refused) {
            const made = new model({ value, needed: values[0] } as never) as AnyDocument
            await expect((async () => place.mode(made).save())()).rejects.toThrow(ValidationError)
            expect(made.isNew).toBe(true)
          }
        })

        // in half of the places, among which is every pair of an engine, a mode and a kind of table
        const kinds = [place.scheme === 'mem', place.modeName === 'async', schema === 'full']
        if (arbitrary && kinds.filter(Boolean).length % 2 === 1) {
          test('keeps values at random', async () => {
            const sample = fc.sample(arbitrary, RANDOM_VALUES)
            const stored = await place
              .mode(model.objects)
              .bulkCreate(sample.map((value) => ({ value, needed: value })) as never)
            const ids = stored.map((made) => made.id)
            const found = (await place.mode(model.objects.filter({ id__in: ids } as never)).all()) as AnyDocument[]
            const values = new Map(found.map((document) => [String(document.id), document['value']]))
            for (const [index, id] of ids.entries()) expect(values.get(String(id))).toEqual(loaded(sample[index]!))
            await keepsNested(nested, sample.slice(0, NESTED_VALUES))
          })
        }
      })
    },
    ['mem', 'ws'],
  )

  async function keeps(place: Place, model: ModelClass<AnyDocument>, fields: Record<string, unknown>): Promise<void> {
    const made = new model(fields as never) as AnyDocument
    await place.mode(made).save()
    expect(made.isDirty).toBe(false)
    const found = await load(place, model, made)
    for (const [name, value] of Object.entries(fields)) {
      expect(found[name]).toEqual(value === undefined || value === null ? value : loaded(value as Value))
    }
    expect(found.isDirty).toBe(false)
  }
}

async function load(place: Place, model: ModelClass<AnyDocument>, made: AnyDocument): Promise<AnyDocument> {
  return (await place.mode(model).get(made.id)) as AnyDocument
}
