import { describe, expect, it } from '@jest/globals'
import {
  Collection,
  Document,
  Embeddable,
  EmbeddedDocument,
  IntField,
  ModelDefinitionError,
  StringField,
} from '../../../src/index.js'

function errorOf(define: () => unknown): ModelDefinitionError {
  try {
    define()
  } catch (error) {
    if (error instanceof ModelDefinitionError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** A model with one field of that name. */
function modelWith(table: string, name: string, dbField?: string): unknown {
  class Model extends Document<Model>() {}
  const decorate = StringField(dbField === undefined ? {} : { dbField }) as (target: object, key: string) => void
  decorate(Model.prototype, name)
  return (Collection(table) as (target: unknown) => unknown)(Model)
}

describe('the name of a table', () => {
  it.each([
    ['WorksAt', 'works_at'],
    ['HTTPLog', 'http_log'],
    ['Person', 'person'],
    ['User2Role', 'user2_role'],
    ['x', 'x'],
  ])('is made of the class name: %s', (name, table) => {
    const { [name]: target } = { [name]: class extends Document<object>() {} }
    const model = (Collection() as (target: unknown) => { defineStatements(): string })(target)
    expect(model.defineStatements()).toBe(`DEFINE TABLE OVERWRITE \`${table}\` TYPE NORMAL SCHEMALESS`)
  })

  it.each(['', 'a\0b'])('cannot be %j', (table) => {
    expect(errorOf(() => modelWith(table, 'name'))).toMatchObject({
      code: 'INVALID_MODEL',
      message: "Model has no usable table name; write @Collection('name').",
    })
  })

  it('is missing where the class has none', () => {
    expect(
      errorOf(() => (Collection() as (target: unknown) => unknown)(class extends Document<object>() {})).message,
    ).toBe("A class without a name has no usable table name; write @Collection('name').")
  })

  it('can be used once', () => {
    @Collection('definition_taken')
    class First extends Document<First>() {}
    const second = () => {
      @Collection('definition_taken')
      class Second extends Document<Second>() {}
      return Second
    }
    expect(errorOf(second)).toMatchObject({
      code: 'TABLE_TAKEN',
      message: 'Second and First are both stored in "definition_taken"; give one another name: @Collection(\'…\').',
    })
    expect(new First().isNew).toBe(true)
  })
})

describe('the name of a field', () => {
  it.each(['id', 'isNew', 'isDirty', 'save', 'saveSync', 'toJSON', 'changes', 'constructor'])(
    'cannot be that of a member of every document: %s',
    (name) => {
      expect(errorOf(() => modelWith(`definition_member_${name}`, name))).toMatchObject({
        code: 'INVALID_MODEL',
        message: `Model.${name}: "${name}" is a member of every document; name the field otherwise, with dbField: '${name}'.`,
      })
    },
  )

  it.each(['a__b', '__proto__', '__'])('cannot hold what separates a lookup: %s', (name) => {
    expect(errorOf(() => modelWith(`definition_lookup_${name}`, name)).message).toBe(
      `Model.${name}: "__" separates a field from its lookup in filters; leave it out of the name.`,
    )
  })

  it.each([
    ['', 'dbField is empty or has a zero character.'],
    ['a\0b', 'dbField is empty or has a zero character.'],
    ['id', '"id" in the database is the record id; choose another dbField.'],
  ])('cannot be %j in the database', (dbField, message) => {
    expect(errorOf(() => modelWith(`definition_column_${dbField.length}`, 'name', dbField)).message).toBe(
      `Model.name: ${message}`,
    )
  })

  it('can be used once in the database', () => {
    const define = () => {
      @Collection('definition_columns')
      class Model extends Document<Model>() {
        @StringField() name?: string
        @StringField({ dbField: 'name' }) title?: string
      }
      return Model
    }
    expect(errorOf(define).message).toBe(
      'Model.title and Model.name are both stored as "name"; give one another dbField.',
    )
  })

  it('may be taken from a document of which it is a member, under another name', () => {
    @Collection('definition_members')
    class Model extends Document<Model>() {
      @StringField({ dbField: 'save' }) saved?: string
    }
    expect(Model.objects.filter({ saved: 'x' }).toSurrealQL().query).toBe(
      'SELECT * FROM `definition_members` WHERE (`save` = $p0)',
    )
  })
})

describe('a class', () => {
  it('without @Collection cannot be used', () => {
    class Plain extends Document<Plain>() {
      @IntField() age?: number
    }
    const message = 'Plain has no @Collection; put the decorator above the class.'
    for (const use of [() => new Plain(), () => Plain.objects, () => Plain.defineStatements()]) {
      expect(errorOf(use)).toMatchObject({ code: 'MODEL_NOT_DECORATED', message })
    }
  })

  it('that extends a model needs one of its own', () => {
    @Collection('definition_parent')
    class Parent extends Document<Parent>() {}
    class Child extends Parent.extend<Child>() {}
    expect(errorOf(() => new Child()).message).toBe('Child has no @Collection; put the decorator above the class.')
  })

  it('with @Collection is a document', () => {
    expect(
      errorOf(() => (Collection('definition_plain') as (target: unknown) => unknown)(class Plain {})),
    ).toMatchObject({
      code: 'INVALID_MODEL',
      message: 'Plain has @Collection but is no document; write class Plain extends Document<Plain>().',
    })
  })

  it('for embedded documents needs @Embeddable', () => {
    class Address extends EmbeddedDocument<Address>() {}
    expect(errorOf(() => new Address()).message).toBe('Address has no @Embeddable; put the decorator above the class.')
    @Embeddable()
    class Home extends EmbeddedDocument<Home>() {}
    expect(new Home()).toBeInstanceOf(EmbeddedDocument)
  })
})
