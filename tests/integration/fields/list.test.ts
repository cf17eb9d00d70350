import fc from 'fast-check'
import {
  Collection,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  RecordId,
  ReferenceField,
  StringField,
  type Ref,
} from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

@Embeddable()
class Point extends EmbeddedDocument<Point>() {
  @IntField({ required: true, dbField: 'the x' }) x!: number
  @StringField() name?: string
}

@Collection('list_target')
class Target extends Document<Target>() {
  @StringField() name?: string
}

const points = fc
  .record({ x: fc.maxSafeInteger(), name: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }) })
  .map((fields) => new Point(fields))

fieldMatrix('ListField', {
  make: (options) => ListField(StringField(), options),
  values: [[], [''], ['a', 'a', '🎉'], ['person:1']],
  refused: ['a', {}, [1], [null], [undefined], new Set(['a'])],
  arbitrary: fc.array(fc.string({ unit: 'binary', maxLength: 10 }), { maxLength: 10 }),
})

fieldMatrix('ListField of embedded documents', {
  make: (options) =>
    ListField(
      EmbeddedField(() => Point),
      options,
    ),
  values: [[], [new Point({ x: 1 }), new Point({ x: 2, name: '' })]],
  refused: [[{}], [{ x: 1, y: 2 }], [{ x: 'x' }], new Point({ x: 1 })],
  arbitrary: fc.array(points, { maxLength: 4 }),
  takesNull: false,
})

fieldMatrix('EmbeddedField', {
  make: (options) => EmbeddedField(() => Point, options),
  values: [new Point({ x: 0 }), new Point({ x: 1, name: '☃' })],
  refused: ['x', 1, [], {}, { x: 1, y: 1 }, new Date()],
  arbitrary: points,
  takesNull: false,
})

fieldMatrix<Ref<Target>>('ReferenceField', {
  make: (options) => ReferenceField(() => Target, options),
  values: [new RecordId('list_target', 1), new RecordId('list_target', 'a b'), new RecordId('list_target', '1')],
  refused: ['list_target:1', 1, {}, new RecordId('other', 1), new Target()],
  arbitrary: fc
    .oneof(fc.maxSafeInteger(), fc.string({ unit: 'binary', minLength: 1 }))
    .map((key) => new RecordId('list_target', key)) as never,
})
