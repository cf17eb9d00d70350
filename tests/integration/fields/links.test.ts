import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  IncomingReferenceField,
  IntField,
  ListField,
  RecordId,
  ReferenceField,
  StringField,
  Uuid,
  ValidationError,
  type FieldDecorator,
  type ModelClass,
} from '../../../src/index.js'
import '../../support/uint32-array-of-node.js'
import { aKey, aUuid } from '../../support/fields/arbitraries.js'
import { writeRecordId } from '../../../src/fields/links/record-id-text.js'
import { errorOf } from '../../support/error-of.js'
import { everywhere, type Place } from '../../support/everywhere.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'
import { modelOf, type AnyDocument } from '../../support/fields/model-of.js'

const BOTH = ['full', 'less'] as const
type Model = ModelClass<AnyDocument>
const named = (fields: object) => fields as Record<string, FieldDecorator<never>>
const texts = (values: readonly unknown[] | undefined) => (values ?? []).map(String).sort()

const target = modelOf('links_target', named({ name: StringField() }))
const idOf = (key: unknown) => new RecordId('links_target', key as never)
const KEYS = [
  1,
  -1,
  2n ** 62n,
  'a',
  '',
  '1',
  'a b',
  '⟨x⟩',
  '🧑‍🚀',
  '2024-01-01',
  Uuid.v4(),
  [1, ['a', Uuid.v7()]],
  { a: { b: 1 } },
]
const wrongKeys = [1.5, '\ud800', [() => 1], 2n ** 63n]

fieldMatrix<unknown>('ReferenceField to keys of every kind', {
  make: (options) => ReferenceField(() => target as never, options as never) as never,
  isFoundByValue: true,
  values: KEYS.map(idOf),
  refused: [
    ...['links_target:1', 1, {}, [], new RecordId('other', 1), new target({} as never), { id: 1 }],
    ...wrongKeys.map((key) => new RecordId('links_target', key as never)),
  ],
  arbitrary: aKey.map(idOf),
})

fieldMatrix<unknown>('ReferenceField given documents', {
  make: (options) => ReferenceField(() => target as never, options as never) as never,
  isFoundByValue: true,
  values: KEYS.map((key) => target.fromRecord({ id: idOf(key) })),
  refused: [
    new target({ name: 'unsaved' } as never),
    modelOf('links_other', {}).fromRecord({ id: new RecordId('links_other', 1) }),
  ],
  arbitrary: aKey.map((key) => target.fromRecord({ id: idOf(key) })),
  loaded: (document) => (document as AnyDocument).id,
})

/** The ids that texts stand for: as the driver writes them, and as `toJSON()` does. */
const idsOfTexts = new Map<unknown, RecordId>()
const textOf = (id: RecordId, text = String(id)): string => {
  idsOfTexts.set(text, id)
  return text
}

fieldMatrix<unknown>('ReferenceField given text', {
  make: (options) => ReferenceField(() => target as never, { ...options, coerce: true } as never) as never,
  isFoundByValue: true,
  values: KEYS.map((key) => textOf(idOf(key))),
  refused: ['links_target', 'other:1', ':1', '', 1, {}],
  arbitrary: aKey.map(idOf).map((id) => textOf(id, writeRecordId(id))),
  loaded: (text) => idsOfTexts.get(text),
})

/** Writers, and books of them: one author, several readers, another book that they follow. */
interface Graph {
  readonly writers: number
  readonly books: readonly {
    readonly author?: number | undefined
    readonly readers: readonly number[]
    readonly after?: number | undefined
  }[]
}

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 0, max: 5 }).chain((writers) => {
  const writer = fc.integer({ min: 0, max: Math.max(writers - 1, 0) })
  const book = fc.record({
    author: fc.option(writer, { nil: undefined }),
    readers: fc.uniqueArray(writer, { maxLength: 4 }),
    after: fc.option(fc.nat(7), { nil: undefined }),
  })
  const none = fc.record({
    author: fc.constant(undefined),
    readers: fc.constant([]),
    after: fc.option(fc.nat(7), { nil: undefined }),
  })
  return fc.record({
    writers: fc.constant(writers),
    books: fc.array<Graph['books'][number]>(writers === 0 ? none : book, { maxLength: 8 }),
  })
})

const libraries = BOTH.map((schema) => {
  const link = (model: () => Model, onDelete: 'unset' | 'ignore' = 'unset') =>
    ReferenceField(model as never, { onDelete })
  const writer: Model = modelOf(
    `links_writer_${schema}`,
    named({
      name: StringField(),
      books: IncomingReferenceField((() => book) as never, 'author' as never),
      read: IncomingReferenceField((() => book) as never, 'readers' as never, { dbField: 'what_is_read' }),
    }),
    { schema },
  )
  const book: Model = modelOf(
    `links_book_${schema}`,
    named({
      number: IntField({ required: true }),
      author: link(() => writer),
      readers: ListField(
        link(() => writer),
        { dbField: 'read_by' },
      ),
      previous: link(() => book, 'ignore'),
      followers: IncomingReferenceField((() => book) as never, 'previous' as never),
    }),
    { schema },
  )
  return { schema, writer, book }
})

everywhere(
  'IncomingReferenceField',
  (place) => {
    const { mode } = place
    describe.each(libraries)('on a table that is schema$schema', ({ writer, book }) => {
      beforeAll(async () => {
        await mode(writer).defineTable()
        await mode(book).defineTable()
      })

      const all = async (model: Model) => (await mode(model.objects.orderBy('id' as never)).all()) as AnyDocument[]

      /** What points at each record, as the database finds it, is what the books say. */
      async function expectLinks(): Promise<void> {
        const [writers, books] = [await all(writer), await all(book)]
        const pointing = (name: string, id: unknown) =>
          books.filter((each) => texts([each[name]].flat()).includes(String(id))).map((each) => each.id)
        for (const each of writers) {
          expect(texts(each['books'] as unknown[])).toEqual(texts(pointing('author', each.id)))
          expect(texts(each['read'] as unknown[])).toEqual(texts(pointing('readers', each.id)))
          expect(each.isDirty).toBe(false)
        }
        for (const each of books) {
          expect(texts(each['followers'] as unknown[])).toEqual(texts(pointing('previous', each.id)))
          for (const follower of (each['followers'] ?? []) as unknown[]) expect(follower).toBeInstanceOf(RecordId)
        }
      }

      test('finds whatever points at a record, in graphs at random, and after every change of them', async () => {
        for (const graph of fc.sample(graphs, 5)) {
          for (const model of [book, writer]) await mode(model.objects.allowAll()).delete()
          const writers = await mode(writer.objects).bulkCreate(
            Array.from({ length: graph.writers }, () => ({})) as never,
          )
          const ids = graph.books.map(
            (_, index) => new RecordId(book.objects.toSurrealQL().query.split('`')[1]!, index),
          )
          const rows = graph.books.map(({ author, readers, after }, index) => ({
            id: ids[index],
            number: index,
            author: author === undefined ? undefined : writers[author],
            readers: readers.map((reader) => writers[reader]!.id),
            // the engine cannot delete records that follow each other in a circle
            previous: after === undefined || index === 0 ? undefined : ids[after % index],
          }))
          const books = (await mode(book.objects).bulkCreate(rows as never)) as AnyDocument[]
          await expectLinks()
          const [first, second] = books
          if (!first || !second) continue
          await mode(first).update({ author: writers[0], previous: undefined, readers: [] } as never)
          await expectLinks()
          await mode(second).delete()
          await expectLinks()
          if (writers[0]) await mode(writers[0]).delete()
          await expectLinks()
          await mode(first).refresh()
          expect(first['author'] ?? undefined).toBeUndefined()
        }
      })

      test('finds a record that points at itself, and those that point at each other', async () => {
        for (const model of [book, writer]) await mode(model.objects.allowAll()).delete()
        const first = (await mode(book).create({ number: 1 } as never)) as AnyDocument
        await mode(first).update({ previous: first } as never)
        const second = (await mode(book).create({ number: 2, previous: first } as never)) as AnyDocument
        await expectLinks()
        await mode(first).update({ previous: second } as never)
        await expectLinks()
        const id = new RecordId(String(first.id.table), 'own')
        const own = (await mode(book).create({ id, number: 3, previous: id } as never)) as AnyDocument
        // it was not there yet when its own links were looked for
        expect(own['followers']).toEqual([])
        await mode(own).refresh()
        expect(own['followers']).toEqual([id])
        await expectLinks()
        for (const each of [first, own]) await mode(each).update({ previous: undefined } as never)
        await expectLinks()
      })

      test('is empty where nothing points at the record, and cannot be given', async () => {
        for (const model of [book, writer]) await mode(model.objects.allowAll()).delete()
        const made = new writer({ name: 'Ann' } as never) as AnyDocument
        await mode(made).save()
        expect([made['books'] ?? [], made['read'] ?? []]).toEqual([[], []])
        const found = (await mode(writer).get(made.id)) as AnyDocument
        expect([found['books'] ?? [], found['read'] ?? []]).toEqual([[], []])
        for (const fields of [{ books: [] }, { read: [made.id] }]) {
          expect(await errorOf(() => new writer(fields as never))).toBeInstanceOf(ValidationError)
          expect(await errorOf(() => mode(made).update(fields as never))).toBeInstanceOf(ValidationError)
        }
        found['books'] = [new RecordId('links_book_full', 1)]
        expect(found.isDirty).toBe(false)
        await mode(found).update({ name: 'Bob' } as never)
        await expectLinks()
      })
    })
  },
  ['mem', 'ws'],
)

/** What a document can do with edges, of which the compiler knows nothing here. */
interface Node {
  relate(edge: Model, target: unknown, fields: object): PromiseLike<unknown>
  out(edge: Model): Model['objects']
  in(edge: Model): Model['objects']
}

const networks = BOTH.map((schema) => {
  const node: Model = modelOf(`links_node_${schema}`, named({ number: IntField() }), { schema })
  const edge: Model = modelOf(`links_edge_${schema}`, named({ weight: IntField() }), {
    schema,
    in: () => node as never,
    out: () => node as never,
  })
  return { schema, node, edge }
})

/** Keys of every kind. With some that have many parts, this version of the engine fails to decode the keys of edges. */
const aPlainKey = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.maxSafeInteger().map((key) => key + 0),
  aUuid,
  fc.tuple(fc.integer(), fc.string({ unit: 'grapheme' }), fc.array(aUuid, { maxLength: 2 })),
  fc.record({ a: fc.integer(), b: fc.string({ unit: 'grapheme' }) }, { noNullPrototype: true }),
)

/** Edges between nodes. */
const aNetwork = fc
  .uniqueArray(aPlainKey, { minLength: 1, maxLength: 5, selector: (key) => String(new RecordId('x', key as never)) })
  .chain((keys) =>
    fc.record({
      keys: fc.constant(keys),
      edges: fc.array(fc.tuple(fc.nat(keys.length - 1), fc.nat(keys.length - 1)), { maxLength: 10 }),
    }),
  )

everywhere(
  'Relations',
  (place: Place) => {
    const { mode } = place
    describe.each(networks)('of tables that are schema$schema', ({ schema, node, edge }) => {
      beforeAll(async () => {
        for (const model of [node, edge]) await mode(model).defineTable()
      })

      test('keep what they connect, in networks at random, until an end of theirs is deleted', async () => {
        for (const { keys, edges } of fc.sample(aNetwork, 6)) {
          await mode(node.objects.allowAll()).delete()
          expect(await mode(edge.objects).count()).toBe(0)
          const ids = keys.map((key) => new RecordId(`links_node_${schema}`, key as never))
          const nodes = (await mode(node.objects).bulkCreate(
            ids.map((id, number) => ({ id, number })) as never,
          )) as AnyDocument[]
          const made: AnyDocument[] = []
          for (const [index, [from, to]] of edges.entries()) made.push(await connect([nodes[from]!, nodes[to]!], index))
          await expectEdges(nodes, edges, made)
          await mode(nodes[0]!).delete()
          const kept = edges.map((ends) => !ends.includes(0))
          const left = edges.filter((_, index) => kept[index])
          await expectEdges(
            nodes,
            left,
            made.filter((_, index) => kept[index]),
          )
        }
      })

      /** By turns with each of the ways to make an edge. */
      async function connect([from, to]: readonly [AnyDocument, AnyDocument], index: number): Promise<AnyDocument> {
        const weight = index
        const ways = [
          () => (mode(from) as unknown as Node).relate(edge, to, { weight }),
          () => mode(edge).create({ in: from.id, out: to, weight } as never) as unknown,
          () => mode(new edge({ in: from, out: to.id, weight } as never) as AnyDocument).save(),
          async () => (await mode(edge.objects).bulkCreate([{ in: from, out: to, weight }] as never))[0],
        ]
        return (await ways[index % ways.length]!()) as AnyDocument
      }

      async function expectEdges(
        nodes: readonly AnyDocument[],
        edges: readonly (readonly [number, number])[],
        made: readonly AnyDocument[],
      ): Promise<void> {
        const stored = (await mode(edge.objects).all()) as AnyDocument[]
        const byId = new Map(stored.map((document) => [String(document.id), document]))
        expect(stored).toHaveLength(edges.length)
        for (const [index, [from, to]] of edges.entries()) {
          const found = byId.get(String(made[index]!.id))!
          expect([found['in'], found['out']]).toEqual([nodes[from]!.id, nodes[to]!.id])
          expect(found['weight']).toBe(made[index]!['weight'])
          expect(found.isDirty).toBe(false)
        }
        const idsOf = (which: (ends: readonly [number, number]) => boolean) =>
          texts(made.filter((_, index) => which(edges[index]!)).map(({ id }) => id))
        for (const [index, each] of nodes.entries()) {
          const found = async (documents: PromiseLike<unknown>) =>
            texts(((await documents) as AnyDocument[]).map(({ id }) => id))
          expect(await found(mode((each as unknown as Node).out(edge)).all())).toEqual(
            idsOf(([from]) => from === index),
          )
          expect(await found(mode((each as unknown as Node).in(edge)).all())).toEqual(idsOf(([, to]) => to === index))
          const filtered = mode(edge.objects.filter({ in: each.id, out__number: 0 } as never))
          expect(await found(filtered.all())).toEqual(idsOf(([from, to]) => from === index && to === 0))
        }
      }
    })
  },
  ['mem', 'ws'],
)
