import { beforeAll, expect, test } from '@jest/globals'
import assert from 'node:assert/strict'
import {
  Analyzer,
  Collection,
  Document,
  IntField,
  StringField,
  UnsupportedError,
  VectorField,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { numbersFrom } from '../support/numbers.js'

const DIMENSION = 6
const words = new Analyzer('nearest_test_words', { tokenizers: ['blank'], filters: ['lowercase'] })

@Collection('nearest_thing', { discriminator: 'kind' })
class Thing extends Document<Thing>() {
  @VectorField(DIMENSION, { type: 'F64', index: { hnsw: { dimension: DIMENSION, distance: 'cosine', type: 'f64' } } })
  embedding?: number[]
  @VectorField(DIMENSION, { type: 'F64', dbField: 'plain vector' }) plain?: number[]
  @IntField({ index: true }) group?: number
  @StringField({ index: { fulltext: { analyzer: words } } }) title?: string
}

@Collection({ discriminator: 'special' })
class SpecialThing extends Thing.extend<SpecialThing>() {}

@Collection('nearest_loose', { unknownFields: 'keep' })
class Loose extends Document<Loose>() {
  @VectorField(2, { index: { hnsw: { dimension: 2 } } }) near?: number[]
}

const next = numbersFrom(5)
const vectorOf = (): number[] => Array.from({ length: DIMENSION }, () => next() * 2 - 1)
const things = Array.from({ length: 300 }, (_, id) => {
  const vector = id % 25 === 0 ? undefined : vectorOf()
  return { id, embedding: vector, plain: vector, group: id % 5, title: id % 3 === 0 ? 'red ring' : 'blue stone' }
})
const queries = Array.from({ length: 5 }, vectorOf)

const dot = (left: number[], right: number[]): number =>
  left.reduce((sum, each, index) => sum + each * right[index]!, 0)
const cosine = (left: number[], right: number[]): number =>
  1 - dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right))
const manhattan = (left: number[], right: number[]): number =>
  left.reduce((sum, each, index) => sum + Math.abs(each - right[index]!), 0)

/** The nearest things, as a loop finds them. */
function nearest(
  vector: number[],
  distance: typeof cosine,
  holds: (thing: (typeof things)[number]) => boolean = () => true,
): readonly { readonly id: number; readonly distance: number }[] {
  return things
    .filter((thing) => thing.embedding && holds(thing))
    .map(({ id, embedding }) => ({ id, distance: distance(embedding!, vector) }))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, 10)
}

function isSame(
  found: readonly { readonly id: { readonly id: unknown }; readonly distance: number }[],
  expected: ReturnType<typeof nearest>,
): void {
  assert.deepEqual(
    found.map(({ id }) => id.id),
    expected.map(({ id }) => id),
  )
  found.forEach(({ distance }, index) => assert.ok(Math.abs(distance - expected[index]!.distance) < 1e-6))
}

/** The names of the operators of a plan. */
function operatorsOf(plan: unknown): string[] {
  const { operator, children = [] } = plan as { operator: string; children?: unknown[] }
  return [operator, ...children.flatMap(operatorsOf)]
}

everywhere(
  'nearest',
  (place) => {
    const { mode } = place
    const { objects } = Thing

    beforeAll(async () => {
      await mode(Thing).defineTable()
      await mode(objects).bulkCreate(things.filter(({ id }) => id % 2 === 0) as never)
      await mode(SpecialThing.objects).bulkCreate(things.filter(({ id }) => id % 2 === 1) as never)
    })

    test('finds the same as a loop, by the index and without, with filters and in one kind of documents', async () => {
      for (const vector of queries) {
        isSame(await mode(objects.nearest('embedding', vector)).all(), nearest(vector, cosine))
        isSame(await mode(objects.nearest('embedding', vector).noIndex()).all(), nearest(vector, cosine))
        isSame(await mode(objects.nearest('plain', vector, { metric: 'cosine', k: 10 })).all(), nearest(vector, cosine))
        isSame(
          await mode(objects.nearest('embedding', vector, { metric: 'manhattan' })).all(),
          nearest(vector, manhattan),
        )
        isSame(
          await mode(objects.filter({ group__in: [1, 3] }).nearest('embedding', vector, { ef: 300 })).all(),
          nearest(vector, cosine, ({ group }) => group === 1 || group === 3),
        )
        isSame(
          await mode(objects.nearest('plain', vector, { metric: 'cosine' }).exclude({ group: 1 })).all(),
          nearest(vector, cosine, ({ group }) => group !== 1),
        )
        isSame(
          await mode(SpecialThing.objects.nearest('embedding', Float64Array.from(vector)).filter({ group: 2 })).all(),
          nearest(vector, cosine, ({ id, group }) => id % 2 === 1 && group === 2),
        )
        isSame(
          await mode(objects.nearest('embedding', vector).start(2).limit(3)).all(),
          nearest(vector, cosine).slice(2, 5),
        )
      }
    })

    test('uses the HNSW index where the model has one, and every record elsewhere', async () => {
      const operators = async (queryset: { toSurrealQL(): { query: string; bindings: Record<string, unknown> } }) => {
        const { query, bindings } = queryset.toSurrealQL()
        const [plan] = (await mode(place.connection).query(`${query} EXPLAIN`, bindings)) as unknown[]
        return operatorsOf(plan)
      }
      const [vector] = queries as [number[]]
      if (place.isOldEngine) {
        const { query, bindings } = objects.nearest('embedding', vector).toSurrealQL()
        const [, inner] = /\((SELECT .*)\)/.exec(query)!
        const [plan] = (await mode(place.connection).query(`${inner!} EXPLAIN`, bindings)) as unknown[]
        expect(JSON.stringify(plan)).toContain('"operator":"<|10,100|>"')
        return
      }
      const byIndex = await operators(objects.filter({ group: 1 }).nearest('embedding', vector).limit(3))
      expect(byIndex).toContain('KnnScan')
      expect(byIndex).not.toContain('KnnTopK')
      for (const queryset of [
        objects.nearest('plain', vector),
        objects.nearest('embedding', vector).noIndex(),
        objects.nearest('embedding', vector, { metric: 'manhattan' }),
      ]) {
        expect(await operators(queryset)).toContain('KnnTopK')
      }
    })

    test('stays right when vectors are changed and records are deleted', async () => {
      const [vector] = queries as [number[]]
      const [first, second, third] = await mode(objects.nearest('embedding', vector)).all()
      const [stored] = await mode(objects.filter({ id: 0 })).all()
      stored!.embedding = vector
      await mode(stored!).save()
      await mode(first!).delete()
      second!.embedding = vector.map((each) => -each)
      await mode(second!).save()
      const found = await mode(objects.nearest('embedding', vector, { k: 2 })).all()
      expect(found.map(({ id }) => id.id)).toEqual([0, third!.id.id])
      expect(found[0]!.distance).toBeCloseTo(0, 6)
      expect(await mode(objects.nearest('embedding', vector, { k: 2 })).count()).toBe(2)
      expect(await mode(objects.nearest('embedding', vector, { k: 1 })).update({ group: 77 })).toBe(1)
      expect((await mode(objects.filter({ group: 77 })).get()).id.id).toBe(0)
    })

    // the engine mixes up the indexes of several databases of one server
    if (place.scheme === 'mem')
      test('an index that the database does not have is an error, and nothing is written', async () => {
        await mode(place.connection).query('DEFINE TABLE nearest_loose SCHEMALESS')
        await mode(Loose.objects).bulkCreate([{ near: [1, 2] }, { near: [3, 4] }])
        const loose = Loose.objects.nearest('near', [1, 2], { k: 1 })
        await expect((async () => await mode(loose).all())()).rejects.toThrow('Loose.defineTable()')
        await expect((async () => await mode(loose.values('distance')).all())()).rejects.toThrow('Loose.defineTable()')
        expect(await mode(loose).delete()).toBe(0)
        expect(await mode(Loose.objects).count()).toBe(2)
        await mode(Loose).defineTable()
        expect(await mode(loose).delete()).toBe(1)
        const left = await mode(loose).get()
        expect(left.distance).toBeCloseTo(Math.sqrt(8), 5)
        left.near = [5, 6]
        await mode(left).save()
        // what a search says is no key that the document keeps
        const [stored] = (await mode(place.connection).query('SELECT * OMIT id FROM nearest_loose')) as unknown[]
        expect(stored).toEqual([{ near: [5, 6] }])
        await mode(place.connection).query('UPDATE nearest_loose SET distance = 5')
        await expect((async () => await mode(loose).all())()).rejects.toThrow('Loose.distance: documents')
      })

    test('hybrid: in front is what is in front in both', async () => {
      const [, vector] = queries as [number[], number[]]
      const parts = { search: ['ring', { fields: ['title'] }], nearest: ['embedding', vector, { k: 20 }] } as const
      const hybrid = objects.filter({ group: 2 }).hybrid(parts).limit(8)
      if (place.isOldEngine) {
        await expect((async () => mode(hybrid).all())()).rejects.toThrow(UnsupportedError)
        return
      }
      const found = await mode(hybrid).all()
      const texts = await mode(
        objects
          .filter({ group: 2 })
          .search('ring', { fields: ['title'] })
          .limit(20),
      ).all()
      const near = await mode(objects.filter({ group: 2 }).nearest('embedding', vector, { k: 20 })).all()
      const ranks = new Map<unknown, number>()
      for (const list of [texts, near])
        list.forEach(({ id }, index) => ranks.set(id.id, (ranks.get(id.id) ?? 0) + 1 / (60 + index + 1)))
      const expected = [...ranks.values()].sort((left, right) => right - left).slice(0, 8)
      found.forEach(({ id, rrf }, index) => {
        expect(rrf).toBeCloseTo(ranks.get(id.id)!, 9)
        expect(rrf).toBeCloseTo(expected[index]!, 9)
      })
      expect(found).toHaveLength(8)
      found[0]!.title = 'changed'
      await mode(found[0]!).save()
      expect((await mode(objects.filter({ title: 'changed' })).get()).id).toEqual(found[0]!.id)
    })

    test('hybrid with weights: in front is what has the largest sum', async () => {
      const [, vector] = queries as [number[], number[]]
      const parts = { search: ['ring', { fields: ['title'] }], nearest: ['embedding', vector, { k: 20 }] } as const
      const group = objects.filter({ group: 2 })
      const weighted = group.hybrid({ ...parts, weights: [1, 3] }).limit(8)
      if (place.isOldEngine) {
        await expect((async () => mode(weighted).all())()).rejects.toThrow(UnsupportedError)
        return
      }
      const texts = await mode(group.search('ring', { fields: ['title'] }).limit(20)).all()
      const near = await mode(group.nearest('embedding', vector, { k: 20 })).all()
      const scaled = (values: readonly number[]): number[] => {
        const [least, most] = [Math.min(...values), Math.max(...values)]
        return values.map((value) => (most === least ? 0 : (value - least) / (most - least)))
      }
      const sums = new Map<unknown, number>()
      const add = (
        rows: readonly { readonly id: { readonly id: unknown } }[],
        values: readonly number[],
        weight: number,
      ) =>
        scaled(values).forEach((value, index) => {
          const key = rows[index]!.id.id
          sums.set(key, (sums.get(key) ?? 0) + weight * value)
        })
      add(
        texts,
        texts.map(({ score }) => score),
        1,
      )
      add(
        near,
        near.map(({ distance }) => 1 / (1 + distance)),
        3,
      )
      const found = await mode(weighted).all()
      expect(found).toHaveLength(8)
      const best = [...sums.values()].sort((left, right) => right - left)
      found.forEach(({ id, linear }, index) => {
        expect(linear).toBeCloseTo(sums.get(id.id)!, 5)
        expect(linear).toBeCloseTo(best[index]!, 5)
      })
      expect(Object.keys(found[0]!.toObject())).not.toContain('distance')
    })

    if (place.modeName === 'async' && !place.isOldEngine)
      test('sees what the transaction wrote', async () => {
        const vector = vectorOf()
        const found: unknown[] = []
        await place.connection
          .transaction(async () => {
            await Thing.create({ id: 'new', embedding: vector } as never)
            found.push(...(await objects.nearest('embedding', vector, { k: 1 })).map(({ id }) => id.id))
            throw new Error('undo')
          })
          .catch(() => {})
        expect(found).toEqual(['new'])
      })
  },
  ['mem', 'ws'],
)
