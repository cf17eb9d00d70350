import { describe, expect, it } from '@jest/globals'
import { AfterDelete, AfterSave, BeforeDelete, BeforeSave, Collection, Document } from '../../../src/index.js'
import { modelMetaOf } from '../../../src/schema/model-registry.js'

@Collection('hooks_parent')
class Parent extends Document<Parent>() {
  beforeSave(): void {}
  @BeforeSave() first(): void {}
  @BeforeSave() second(): void {}
  @AfterSave() @AfterDelete() eitherWay(): void {}
}

@Collection('hooks_child')
class Child extends Parent.extend<Child>() {
  @BeforeSave() third(): void {}
  @BeforeSave() override first(): void {}
  @BeforeDelete() gone(): void {}
}

describe('hooks', () => {
  it('run in the order they are written, the method of the name first', () => {
    expect(modelMetaOf(Parent).hooks).toEqual({
      beforeSave: ['beforeSave', 'first', 'second'],
      afterSave: ['eitherWay'],
      beforeDelete: [],
      afterDelete: ['eitherWay'],
    })
  })

  it('are inherited, and each runs once', () => {
    expect(modelMetaOf(Child).hooks).toEqual({
      beforeSave: ['beforeSave', 'first', 'second', 'third'],
      afterSave: ['eitherWay'],
      beforeDelete: ['gone'],
      afterDelete: ['eitherWay'],
    })
  })

  it('are inherited under legacy decorators too', () => {
    class Base {}
    class Derived extends Base {}
    const legacy = BeforeSave() as unknown as (target: object, key: string) => void
    legacy(Base.prototype, 'a')
    legacy(Derived.prototype, 'b')
    expect(Reflect.getMetadata(Symbol.for('surrealengine.members'), Derived.prototype)).toEqual({
      beforeSave: ['a', 'b'],
    })
    expect(Reflect.getMetadata(Symbol.for('surrealengine.members'), Base.prototype)).toEqual({ beforeSave: ['a'] })
  })

  it.each<[string, unknown, unknown]>([
    ['private', () => undefined, { kind: 'method', name: '#a', private: true, metadata: {} }],
    ['static', () => undefined, { kind: 'method', name: 'a', static: true, metadata: {} }],
    ['named by a symbol', () => undefined, { kind: 'method', name: Symbol('a'), metadata: {} }],
    ['static, legacy', class {}, 'a'],
    ['named by a symbol, legacy', {}, Symbol('a')],
  ])('cannot be %s', (_, target, context) => {
    const decorate = BeforeSave() as unknown as (target: unknown, context: unknown) => void
    expect(() => decorate(target, context)).toThrow(
      expect.objectContaining({
        code: 'INVALID_MODEL',
        message: expect.stringMatching(
          /^@BeforeSave stands on .*a\)?; it belongs on a public method of the instances\.$/,
        ),
      }),
    )
  })
})
