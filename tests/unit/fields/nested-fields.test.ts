import { describe, expect, it } from '@jest/globals'
import {
  AnyField,
  Collection,
  ComputedField,
  DateTime,
  DateTimeField,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  GeometryPoint,
  IncomingReferenceField,
  IntField,
  ListField,
  ModelDefinitionError,
  ObjectField,
  OptionField,
  PointField,
  RangeField,
  RecordId,
  ReferenceField,
  SequenceField,
  SetField,
  StringField,
  surql,
  TimeSeriesField,
  UnionField,
  VectorField,
  type FieldDecorator,
  type Ref,
} from '../../../src/index.js'
import type { Change, Field } from '../../../src/fields/field.js'
import { errorOf } from '../../support/error-of.js'
import { issuesOf } from './field-issues.js'

@Embeddable()
class Node extends EmbeddedDocument<Node>() {
  @StringField() name?: string
  @EmbeddedField(() => Node) next?: Node
}

@Embeddable()
class Watching extends EmbeddedDocument<Watching>() {
  @ReferenceField(() => Writer, { onDelete: 'unset' }) writer?: Ref<Writer>
}

@Collection('nested_writer')
class Writer extends Document<Writer>() {
  @StringField() name?: string
  @IncomingReferenceField(() => Book, 'author') readonly books?: Ref<Book>[]
  @IncomingReferenceField(() => Book, 'reader') readonly read?: Ref<Book>[]
}

@Collection('nested `book')
class Book extends Document<Book>() {
  @ReferenceField(() => Writer, { onDelete: 'cascade', dbField: 'author_of' }) author?: Ref<Writer>
  @ReferenceField(() => Writer, { onDelete: 'cascade', dbField: 'the owner' }) owner?: Ref<Writer>
  @ReferenceField(() => Writer, { onDelete: 'cascade' }) value?: Ref<Writer>
  @ReferenceField(() => Writer) reader?: Ref<Writer>
}

describe('the type in the database', () => {
  it.each<[FieldDecorator<unknown>, string]>([
    [ListField(OptionField(IntField())), 'none | null | array<none | int>'],
    [ListField(ListField(StringField())), 'none | null | array<array<string>>'],
    [ListField(DictField(IntField())), 'none | array<object>'],
    [ListField(), 'none | null | array<any>'],
    [ListField(ListField(), { required: true }), 'array<array<any>>'],
    [ListField(StringField(), { minLength: 2, maxLength: 2 }), 'none | null | array<string, 2>'],
    [ListField(StringField(), { minLength: 1, maxLength: 2 }), 'none | null | array<string>'],
    [ListField(StringField(), { minLength: 0, maxLength: 0 }), 'none | null | array<string>'],
    [SetField(IntField(), { minLength: 3, maxLength: 3 }), 'none | null | set<int, 3>'],
    [AnyField({ type: surql`[int, ${"it's"}]`, required: true }), '[int, "it\'s"]'],
    [AnyField({ type: surql`string | null` }), 'string | null'],
    [ListField(AnyField({ type: surql`1h | 2h` })), 'none | null | array<1h | 2h>'],
    [SetField(StringField()), 'none | null | set<string>'],
    [SetField(ObjectField({ a: IntField() })), 'none | null | set<object>'],
    [DictField(IntField()), 'none | object'],
    [ObjectField(), 'none | null | object'],
    [ObjectField({ a: IntField() }), 'none | object'],
    [OptionField(StringField()), 'none | string'],
    [OptionField(ObjectField()), 'none | object'],
    [UnionField(IntField(), StringField()), 'none | null | int | string'],
    [UnionField([IntField(), StringField()], { required: true }), 'int | string'],
    [UnionField(ListField(ObjectField()), StringField()), 'any'],
    [OptionField(UnionField(ListField(ObjectField()), StringField())), 'any'],
    [ListField(UnionField(IntField(), StringField())), 'none | null | array<int | string>'],
    [PointField(), 'none | null | geometry<point>'],
    [VectorField(3), 'none | null | array<float, 3>'],
    [VectorField(3, { type: 'I16', required: true }), 'array<int, 3>'],
    [TimeSeriesField(), 'datetime'],
    [SequenceField({ name: 'n' }), 'int'],
    [ComputedField(surql`1`), 'any'],
    [ComputedField(surql`1`, IntField()), 'none | null | int'],
    [ReferenceField(() => Writer), 'none | null | record<`nested_writer`>'],
    [ReferenceField(() => Writer, { onDelete: 'unset' }), 'none | record<`nested_writer`>'],
    [ListField(ReferenceField(() => Writer, { onDelete: 'unset' })), 'none | array<record<`nested_writer`>>'],
    [IncomingReferenceField(() => Book, 'author'), 'none | array<none | record<`nested \\`book`>>'],
  ])('%# is as it is said', ({ field }, type) => {
    expect(field.typeExpression()).toBe(type)
  })

  it('has as many levels as the class, and none where it has no end', () => {
    const { field } = EmbeddedField(() => Node)
    expect([field.parts(), field.isFlexible, field.typeExpression()]).toEqual([[], true, 'none | null | object'])
  })

  it('knows what is flexible, watched and counted', () => {
    expect(ObjectField().field.isFlexible).toBe(true)
    expect(ObjectField({ a: IntField() }).field.isFlexible).toBe(false)
    expect(ObjectField({ a: IntField() }, { flexible: true }).field.isFlexible).toBe(true)
    expect(UnionField(ObjectField({ a: IntField() }), StringField()).field.isFlexible).toBe(true)
    expect(OptionField(ListField(ReferenceField(() => Writer, { onDelete: 'reject' }))).field.onDelete).toBe('reject')
    expect(SequenceField({ name: 'n' }).field.sequence).toEqual({ name: 'n' })
    expect(SequenceField({ name: 'n' }).field.isFilledIn).toBe(true)
  })

  it('of an incoming reference is computed from names that are escaped', () => {
    const { field } = IncomingReferenceField(() => Book, 'author')
    expect(field.isComputed).toBe(true)
    expect(field.options.computed).toMatchObject({ query: '<~(`nested \\`book` FIELD `author_of`)', bindings: {} })
  })
})

describe('a definition that cannot work', () => {
  it.each<[string, () => unknown]>([
    ['a required option', () => OptionField(StringField({ required: true }))],
    ['a union of one', () => UnionField([IntField()])],
    ['an option inside a union', () => UnionField(IntField(), OptionField(StringField()))],
    ['a unique item', () => ListField(StringField({ unique: true }))],
    ['an item with a column', () => SetField(StringField({ dbField: 'x' }))],
    ['an item with a default', () => DictField(IntField({ default: 1 }))],
    ['a computed item', () => ListField(ComputedField(surql`1`, IntField()))],
    ['a watched link in a dict', () => DictField(ReferenceField(() => Writer, { onDelete: 'unset' }))],
    ['a watched link in an object', () => ObjectField({ a: ReferenceField(() => Writer, { onDelete: 'unset' }) })],
    ['a watched link in an embedded document', () => EmbeddedField(() => Watching).field.parts()],
    ['a computed part', () => ObjectField({ a: ComputedField(surql`1`) })],
    ['two parts of one name', () => ObjectField({ a: IntField(), b: IntField({ dbField: 'a' }) })],
    ['a part without a name', () => ObjectField({ '': IntField() })],
    ['a required link that is unset', () => ReferenceField(() => Writer, { onDelete: 'unset', required: true })],
    ['an onDelete that is none', () => ReferenceField(() => Writer, { onDelete: 'explode' as never })],
    ['a vector without numbers', () => VectorField(0)],
    ['half a vector', () => VectorField(1.5)],
    ['a vector of text', () => VectorField(1, { type: 'text' as never })],
    ['a sequence without a name', () => SequenceField({ name: '' })],
    ['limits that leave nothing', () => SetField(IntField(), { minLength: 2, maxLength: 1 })],
    ['a limit that is no number', () => ListField(IntField(), { minLength: NaN })],
    ...(['owner', 'value'] as const).map((name): [string, () => unknown] => [
      `an incoming reference that the database does not find: ${name}`,
      () => IncomingReferenceField(() => Book, name).field.options.computed!.query,
    ]),
    [
      'an incoming reference that nobody watches',
      () => IncomingReferenceField(() => Book, 'reader').field.options.computed!.query,
    ],
  ])('is refused: %s', async (_, define) => {
    expect(await errorOf(define)).toMatchObject({ constructor: ModelDefinitionError, code: 'INVALID_FIELD_OPTION' })
  })
})

describe('what only a record itself can have', () => {
  const inside = {
    'A ListField': (field: FieldDecorator<never>) => ListField(field),
    'A SetField': (field: FieldDecorator<never>) => SetField(field),
    'A DictField': (field: FieldDecorator<never>) => DictField(field),
    'An OptionField': (field: FieldDecorator<never>) => OptionField(field),
    'A UnionField': (field: FieldDecorator<never>) => UnionField(field, StringField()),
    'A RangeField': (field: FieldDecorator<never>) => RangeField(field),
    'A ComputedField': (field: FieldDecorator<never>) => ComputedField(surql`1`, field),
  }
  const kinds: readonly (readonly [string, FieldDecorator<unknown>])[] = [
    ['a SequenceField; the database gives numbers', SequenceField({ name: 'n' })],
    ['a ComputedField; the database computes', ComputedField(surql`1`, IntField())],
    ['an IncomingReferenceField; the database finds', IncomingReferenceField(() => Book, 'author')],
  ]

  it.each(Object.entries(inside))('%s has no such part, and says why', (holder, hold) => {
    for (const [why, field] of kinds) {
      const refused = { code: 'INVALID_FIELD_OPTION', message: expect.stringContaining(`${holder} holds ${why}`) }
      expect(() => hold(field as FieldDecorator<never>)).toThrow(expect.objectContaining(refused))
    }
  })

  it('but a moment of a series is one like any other there', () => {
    const typeOf = (decorator: FieldDecorator<never>) => decorator.field.typeExpression()
    expect(typeOf(ListField(TimeSeriesField()) as never)).toBe('none | null | array<datetime>')
    expect(typeOf(OptionField(TimeSeriesField()) as never)).toBe('none | datetime')
    expect(DictField(TimeSeriesField()).field.parts()[0]!.field.options.index).toBeUndefined()
    expect(issuesOf(ListField(TimeSeriesField({ min: new Date(5) })) as never, [new Date(0)])).toHaveLength(1)
  })
})

describe('what is wrong', () => {
  const places = (decorator: FieldDecorator<never>, value: unknown) =>
    issuesOf(decorator, value).map(({ path, code }) => [path.join('.'), code])

  it('is named with its place, however deep', () => {
    const address = ObjectField({
      lines: ListField(StringField({ maxLength: 2 })),
      scores: DictField(SetField(IntField())),
    })
    const value = { lines: ['ok', 'too long', undefined], scores: { 'a.b': new Set([1, 'x']), c: null }, nope: 1 }
    expect(places(address as never, value)).toEqual([
      ['it.lines.1', 'too_big'],
      ['it.lines.2', 'required'],
      ['it.scores.a.b.1', 'custom'],
      ['it.scores.c', 'not_nullable'],
      ['it.nope', 'unknown_field'],
    ])
  })

  it('is a length', () => {
    const limits = { minLength: 1, maxLength: 2 }
    for (const make of [ListField(IntField(), limits), SetField(IntField(), limits)] as FieldDecorator<never>[]) {
      const of = (...items: number[]) => (make.field.accepts([]) ? items : new Set(items))
      expect(places(make, of(1))).toEqual([])
      expect(places(make, of())).toEqual([['it', 'too_small']])
      expect(places(make, of(1, 2, 3))).toEqual([['it', 'too_big']])
    }
    expect(places(VectorField(2) as never, [1])).toHaveLength(1)
  })

  it('is a value that holds itself, or one without an end', () => {
    const node = new Node({ name: 'a' })
    node.next = new Node({ next: node })
    expect(places(EmbeddedField(() => Node) as never, node)).toEqual([['it.next.next', 'cyclic']])
    let deep = new Node()
    for (let level = 0; level < 200; level++) deep = new Node({ next: deep })
    expect(places(EmbeddedField(() => Node) as never, deep).map(([, code]) => code)).toEqual(['too_deep'])
    const list: unknown[] = []
    list.push([list])
    expect(places(ObjectField() as never, { list })).toEqual([['it.list.0.0', 'cyclic']])
    const shared = new Node({ name: 'twice' })
    expect(places(ListField(EmbeddedField(() => Node)) as never, [shared, shared])).toEqual([])
  })

  it.each<[string, FieldDecorator<unknown>, (value: unknown) => unknown]>([
    ['list', ListField(StringField()), (value) => [value]],
    ['set', SetField(StringField()), (value) => new Set([value])],
    ['dict', DictField(StringField()), (value) => ({ a: value })],
    ['object', ObjectField({ a: StringField() }), (value) => ({ a: value })],
    ['any object', ObjectField(), (value) => ({ a: [value] })],
    ['option', OptionField(StringField()), (value) => value],
    ['union', UnionField(StringField(), IntField()), (value) => value],
    ['embedded', EmbeddedField(() => Node), (value) => ({ name: value })],
    ['vector', VectorField(1), (value) => [value]],
    ['point', PointField(), (value) => value],
  ])('is a function, a symbol, or a thing of an unknown class: in %s', (_, decorator, hold) => {
    for (const value of [() => 1, Symbol('no'), new Map(), new (class Odd {})(), /a/])
      expect(issuesOf(decorator as never, hold(value)).length).toBeGreaterThan(0)
  })
})

describe('changes', () => {
  const changesOf = (field: Field, value: unknown, stored: unknown): unknown[] => {
    const changes: Change[] = []
    field.collectChanges(value, stored, { path: ['f'], changes })
    return changes.map(({ path, value: written }) => [path.slice(1).join('/'), written])
  }

  it('of keys are written one by one', () => {
    const { field } = DictField(IntField())
    expect(changesOf(field, { a: 1, 'b.c': 3, '': 4 }, { a: 1, 'b.c': 2, d: 5 })).toEqual([
      ['b.c', 3],
      ['d', undefined],
      ['', 4],
    ])
    expect(changesOf(field, { a: 1, b: undefined }, { a: 1 })).toEqual([])
    expect(changesOf(field, { a: 1 }, undefined)).toEqual([['', { a: 1 }]])
  })

  it('of an object without names are found at any depth', () => {
    const stored = { a: { b: [1], c: 2 }, when: new DateTime([0, 1]) }
    const { field } = ObjectField()
    const value = field.fromDatabase(stored) as { a: { b: number[]; c?: number } }
    expect(changesOf(field, value, stored)).toEqual([])
    value.a.b.push(2)
    delete value.a.c
    expect(changesOf(field, value, stored)).toEqual([
      ['a/b', [1, 2]],
      ['a/c', undefined],
    ])
    expect(stored.a).toEqual({ b: [1], c: 2 })
  })

  it('of a set do not depend on its order', () => {
    const { field } = SetField(DateTimeField())
    const stored = field.toDatabase(new Set([new Date(1), new Date(2)]))
    expect(changesOf(field, new Set([new Date(2), new Date(1), new Date(2)]), stored)).toEqual([])
    expect(changesOf(field, new Set([new Date(2)]), stored)).toHaveLength(1)
  })

  it('of a union are those of the member', () => {
    const { field } = UnionField(ObjectField({ a: IntField(), b: IntField() }), StringField())
    expect(changesOf(field, { a: 1, b: 3 }, { a: 1, b: 2 })).toEqual([['b', 3]])
    expect(changesOf(field, 'x', { a: 1, b: 2 })).toEqual([['', 'x']])
  })

  it('of a geometry in place are seen', () => {
    const { field } = ListField(PointField())
    const stored = [new GeometryPoint([1, 2])]
    const value = field.fromDatabase(stored) as GeometryPoint[]
    expect(changesOf(field, value, stored)).toEqual([])
    value[0]!.point[0] = 5
    expect(changesOf(field, value, stored)).toHaveLength(1)
    expect(stored[0]!.point[0]).toBe(1)
  })

  it('that hold themselves are changes, and no end of the stack', () => {
    const node = new Node({ name: 'a' })
    node.next = node
    expect(changesOf(EmbeddedField(() => Node).field, node, { name: 'a' })).toHaveLength(1)
    expect(EmbeddedField(() => Node).field.coerce(node)).toBe(node)
  })
})

describe('coerce', () => {
  it('reaches the values inside, and leaves what needs nothing', () => {
    const item = ReferenceField(() => Writer, { coerce: true })
    const text = 'nested_writer:ann'
    const { field } = ObjectField({ at: ListField(item), by: DictField(SetField(item)) })
    const given = { at: [text], by: { a: new Set([text]) } }
    const id = new RecordId('nested_writer', 'ann')
    expect(item.field.coerce(text)).toEqual(id)
    expect(field.coerce(given)).toEqual({ at: [id], by: { a: new Set([id]) } })
    expect(given).toEqual({ at: [text], by: { a: new Set([text]) } })
    const right = { at: [id] }
    expect(field.coerce(right)).toBe(right)
  })

  it('takes the JSON form of the whole', () => {
    expect(SetField(IntField(), { coerce: true }).field.coerce([1, 2])).toEqual(new Set([1, 2]))
    expect(PointField({ coerce: true }).field.coerce([1, 2])).toEqual(new GeometryPoint([1, 2]))
    expect(VectorField(2, { coerce: true }).field.coerce(new Float32Array([1, 2]))).toEqual([1, 2])
    expect(PointField().field.coerce([1, 2])).toEqual([1, 2])
  })
})
