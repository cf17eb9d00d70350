import { describe, expect, it } from '@jest/globals'
import {
  Embeddable,
  EmbeddedField,
  ListField,
  ModelDefinitionError,
  ReferenceField,
  SetField,
  StringField,
  surql,
} from '../../../src/index.js'
import type { FieldDecorator } from '../../../src/index.js'

type AnyDecorator = (target: unknown, context: unknown) => void
const decorate = StringField() as unknown as AnyDecorator

describe('a field decorator', () => {
  it.each<[string, unknown, unknown]>([
    ['a static property, legacy', class {}, 'name'],
    ['a symbol, legacy', {}, Symbol('name')],
    ['a method', undefined, { kind: 'method', name: 'name', metadata: {} }],
    ['an accessor', undefined, { kind: 'accessor', name: 'name', metadata: {} }],
    ['a static property', undefined, { kind: 'field', name: 'name', static: true, metadata: {} }],
    ['a private property', undefined, { kind: 'field', name: '#name', private: true, metadata: {} }],
    ['a property named by a symbol', undefined, { kind: 'field', name: Symbol('name'), metadata: {} }],
    ['a class', class {}, { kind: 'class', name: 'Name', metadata: {} }],
  ])('cannot stand on %s', (_, target, context) => {
    expect(() => decorate(target, context)).toThrow(
      expect.objectContaining({ code: 'INVALID_MODEL', message: expect.stringContaining('it belongs on an instance') }),
    )
  })

  it('says what to do when the compiler gives it no metadata', () => {
    expect(() => decorate(undefined, { kind: 'field', name: 'name' })).toThrow(
      new ModelDefinitionError(
        'INVALID_MODEL',
        'This compiler gives decorators no metadata; update it, or set "experimentalDecorators".',
      ),
    )
  })
})

describe('a link', () => {
  class Plain {}
  const typeOf = (decorator: unknown) => (decorator as FieldDecorator<unknown>).field.typeExpression()

  it('points at a decorated class, which is asked for only when it is needed', () => {
    const reference = ReferenceField(() => Plain)
    expect(() => typeOf(reference)).toThrow(
      new ModelDefinitionError(
        'MODEL_NOT_DECORATED',
        'A ReferenceField points at the class Plain, which has no @Collection or @Embeddable; decorate that class.',
      ),
    )
  })

  it('that leads nowhere says so', () => {
    const nowhere = (() => undefined) as unknown as () => new () => object
    expect(() => typeOf(ListField(EmbeddedField(nowhere)))).toThrow(
      expect.objectContaining({ message: 'An EmbeddedField points at undefined; decorate that class.' }),
    )
  })
})

describe('@Embeddable', () => {
  it('stands on an embedded document', () => {
    expect(() => (Embeddable() as unknown as (target: unknown) => void)(class Plain {})).toThrow(
      new ModelDefinitionError(
        'INVALID_MODEL',
        'Plain has @Embeddable but is no embedded document; write class Plain extends EmbeddedDocument<Plain>().',
      ),
    )
  })
})

describe('a set', () => {
  it.each([
    { assert: surql`$value != ''` },
    { value: surql`string::lowercase($value)` },
    { comment: 'each' },
    { permissions: { select: false } },
  ])('has no elements of which the database is told something: %j', (options) => {
    expect(() => SetField(StringField(options))).toThrow(
      expect.objectContaining({ code: 'INVALID_FIELD_OPTION', message: expect.stringContaining('use a ListField') }),
    )
    expect(() => ListField(StringField(options))).not.toThrow()
  })
})
