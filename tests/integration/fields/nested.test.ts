import { beforeAll, describe, expect, it } from '@jest/globals'
import type { RecordId } from '../../../src/index.js'
import {
  Collection,
  ComputedField,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FutureField,
  IncomingReferenceField,
  IntField,
  ListField,
  ObjectField,
  OptionField,
  ReferenceField,
  SequenceField,
  SetField,
  StringField,
  surql,
  TimeSeriesField,
  UnionField,
  ValidationError,
  type Ref,
} from '../../../src/index.js'
import { errorOf } from '../../support/error-of.js'
import { everywhere } from '../../support/everywhere.js'

@Embeddable()
class Line extends EmbeddedDocument<Line>() {
  @StringField({ required: true }) text!: string
  @DictField(SetField(IntField())) marks?: Record<string, Set<number>>
}

@Embeddable()
class Branch extends EmbeddedDocument<Branch>() {
  @StringField() name?: string
  @ListField(EmbeddedField(() => Branch)) branches?: Branch[]
}

@Collection('nested_everything', { schema: 'full' })
class Everything extends Document<Everything>() {
  @DictField(ListField(EmbeddedField(() => Line))) pages?: Record<string, Line[]>
  @ListField(OptionField(EmbeddedField(() => Line))) lines?: (Line | undefined)[]
  @OptionField(EmbeddedField(() => Line)) title?: Line
  @ListField(ObjectField()) anything?: Record<string, unknown>[]
  @EmbeddedField(() => Branch) tree?: Branch
  @UnionField(EmbeddedField(() => Line), IntField()) either?: Line | number
  @ObjectField({ city: StringField(), more: ObjectField() }, { flexible: true }) place?: {
    city?: string
    more?: Record<string, unknown>
    [key: string]: unknown
  }
  @DictField(IntField()) scores?: Record<string, number>
  @SetField(StringField()) tags?: Set<string>
}

@Collection('nested_writer', { schema: 'full' })
class Writer extends Document<Writer>() {
  @StringField() name?: string
  @IncomingReferenceField(() => Book, 'author') readonly books?: Ref<Book>[]
}

@Collection('nested_book', { schema: 'full' })
class Book extends Document<Book>() {
  @SequenceField({ name: 'nested book number' }) number!: number
  @TimeSeriesField({ default: () => new Date() }) written!: Date
  @IntField() pages?: number
  @ComputedField(surql`(pages ?? 0) * ${2}`, IntField()) readonly sides?: number
  @FutureField(surql`{ half: pages / 2 }`) readonly loose?: { half: number }
  @ReferenceField(() => Writer, { onDelete: 'unset' }) author?: Ref<Writer>
  @ReferenceField(() => Writer, { onDelete: 'reject' }) keeper?: Ref<Writer>
  @ListField(ReferenceField(() => Writer, { onDelete: 'unset' })) readers?: Ref<Writer>[]
}

@Collection('nested_diary', { schema: 'full' })
class Diary extends Document<Diary>() {
  @ReferenceField(() => Writer, { onDelete: 'cascade' }) owner?: Ref<Writer>
}

everywhere(
  'fields in fields',
  (place) => {
    beforeAll(async () => {
      for (const model of [Everything, Writer, Book, Diary]) await place.mode(model).defineTable()
    })

    it('all keep what they hold', async () => {
      const line = (text: string) => new Line({ text, marks: { 'a.b': new Set([2, 1]), '': new Set() } })
      const made = new Everything({
        pages: { '1': [line('x'), line('y')], '🎉`': [] },
        lines: [line('x'), undefined, line('z')],
        title: line('t'),
        anything: [{ a: { b: [1, { c: 2 }] } }, {}],
        tree: new Branch({ name: 'root', branches: [new Branch({ branches: [new Branch({ name: 'leaf' })] })] }),
        either: line('e'),
        place: { city: 'Paris', more: { a: { b: 1 } }, other: { deep: [1] } },
        scores: { a: 1 },
        tags: new Set(['b', 'a']),
      })
      await place.mode(made).save()
      expect(made.isDirty).toBe(false)
      const found = await place.mode(Everything).get(made.id)
      expect(found.toObject()).toEqual(made.toObject())
      expect(found.isDirty).toBe(false)
      expect(found.lines![2]).toBeInstanceOf(Line)
      expect(found.pages!['1']![0]!.marks!['a.b']).toEqual(new Set([1, 2]))
      expect(found.tree!.branches![0]!.branches![0]).toBeInstanceOf(Branch)
      expect(found.either).toBeInstanceOf(Line)
      found.either = 5
      found.lines = [undefined]
      await place.mode(found).save()
      expect((await place.mode(Everything).get(made.id)).toObject()).toEqual(found.toObject())
    })

    it('write the keys that changed, and leave the others to other writers', async () => {
      const made = new Everything({ scores: { 'a.b': 1, '': 2, gone: 3 }, place: { city: 'Paris', x: { y: 1, z: 2 } } })
      await place.mode(made).save()
      const other = await place.mode(Everything).get(made.id)
      other.scores!['theirs'] = 9
      other.place!['x'] = { y: 1, z: 2, theirs: 9 }
      await place.mode(other).save()
      made.scores!['a.b'] = 10
      made.scores!['`🎉`'] = 4
      made.scores![''] = 5
      delete made.scores!['gone']
      ;(made.place!['x'] as Record<string, number>)['y'] = 7
      made.place!.city = undefined as never
      await place.mode(made).save()
      const found = await place.mode(Everything).get(made.id)
      expect(found.scores).toEqual({ 'a.b': 10, '': 5, '`🎉`': 4, theirs: 9 })
      expect(found.place).toEqual({ x: { y: 7, z: 2, theirs: 9 } })
      expect(made.scores).toEqual(found.scores)
      expect(made.isDirty).toBe(false)
    })

    it('notice changes of a set in place', async () => {
      const made = new Everything({ tags: new Set(['a']) })
      await place.mode(made).save()
      made.tags!.add('b').delete('a')
      expect(made.isDirty).toBe(true)
      await place.mode(made).save()
      expect((await place.mode(Everything).get(made.id)).tags).toEqual(new Set(['b']))
      made.revert()
      expect(made.tags).toEqual(new Set(['b']))
    })

    it('can be asked for', async () => {
      const made = new Everything({
        scores: { chess: 5 },
        tags: new Set(['x']),
        place: { city: 'Oslo', rank: 3, more: { n: 'v' } },
        title: new Line({ text: 'found' }),
      })
      await place.mode(made).save()
      const mine = Everything.objects.filter({ id: made.id })
      const count = (more: typeof mine) => place.mode(more).count()
      expect(await count(mine.filter({ scores__chess__gte: 5, tags__contains: 'x', place__city: 'Oslo' }))).toBe(1)
      expect(
        await count(mine.filter({ place__rank__gt: 2, place__more__n__startswith: 'v', title__text: 'found' })),
      ).toBe(1)
      expect(await count(mine.filter({ tags: new Set(['x']), scores: { chess: 5 } }))).toBe(1)
      expect(await count(mine.filter({ tags__in: [new Set(['y']), new Set(['x'])] }))).toBe(1)
      expect(await count(mine.filter({ tags__ne: new Set(['x']) }))).toBe(0)
      expect(await count(mine.filter({ tags__in: [] }))).toBe(0)
      expect(await count(mine.filter({ scores__chess__gt: 5 }))).toBe(0)
      expect(await count(mine.filter({ tags__contains: 'y' }))).toBe(0)
      expect(await count(mine.filter({ scores__go: 1 }))).toBe(0)
    })

    it('that hold themselves get nowhere', async () => {
      const stored = await place.mode(new Everything({ tree: new Branch({ name: 'a' }), anything: [{}] })).save()
      const cyclic: Record<string, unknown> = {}
      cyclic['self'] = cyclic
      stored.anything = [cyclic]
      stored.tree!.branches = [stored.tree!]
      expect(stored.isDirty).toBe(true)
      const error = (await errorOf(() => place.mode(stored).save())) as ValidationError
      expect(error).toBeInstanceOf(ValidationError)
      expect(error.issues.map(({ path, code }) => [path.join('.'), code])).toEqual([
        ['anything.0.self', 'cyclic'],
        ['tree.branches.0', 'cyclic'],
      ])
    })

    describe('of the database', () => {
      it('count, compute and point back', async () => {
        const writer = await place.mode(new Writer({ name: 'Ann' })).save()
        const first = await place.mode(new Book({ author: writer, pages: 3 })).save()
        const second = await place.mode(new Book({ author: writer.id })).save()
        expect(second.number).toBeGreaterThan(first.number)
        expect([first.sides, second.sides]).toEqual([6, 0])
        expect(first.loose).toEqual({ half: expect.anything() })
        expect(first.isDirty).toBe(false)
        const own = new Book({ number: 1000, author: writer })
        await place.mode(own).save()
        expect(own.number).toBe(1000)
        const found = await place.mode(Writer).get(writer.id)
        const ids = (found.books as RecordId[]).map(String)
        expect(ids.sort()).toEqual([first, second, own].map(({ id }) => String(id)).sort())
        expect(await place.mode(Book.objects.filter({ sides: 6, author: writer })).count()).toBe(1)
        expect(found.isDirty).toBe(false)
        expect(() => new Writer({ books: [] })).toThrow(ValidationError)
      })

      it('keep watch over links', async () => {
        const writer = await place.mode(new Writer()).save()
        const book = await place.mode(new Book({ author: writer, readers: [writer] })).save()
        const diary = await place.mode(new Diary({ owner: writer })).save()
        const kept = await place.mode(new Writer()).save()
        await place.mode(new Book({ keeper: kept })).save()
        await place.mode(writer).delete()
        await place.mode(book).refresh()
        expect([book.author, book.readers]).toEqual([undefined, []])
        expect(await place.mode(Diary).exists(diary.id)).toBe(false)
        await expect((async () => place.mode(kept).delete())()).rejects.toThrow()
        expect(await place.mode(Writer).exists(kept.id)).toBe(true)
      })
    })
  },
  ['mem', 'ws'],
)
