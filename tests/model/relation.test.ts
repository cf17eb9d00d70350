import { expect, test } from '@jest/globals'
import {
  Collection,
  Document,
  IntField,
  ModelDefinitionError,
  RecordId,
  RelationDocument,
  SoftDelete,
} from '../../src/index.js'
import { modelMetaOf } from '../../src/schema/model-registry.js'

@Collection('relation_likes', { in: () => Person, out: () => Person })
class Likes extends RelationDocument<Likes, Person, Person>() {
  @IntField() much?: number
}

@Collection('relation_follows')
class Follows extends SoftDelete(RelationDocument<Follows>()) {}

@Collection('relation_test_person')
class Person extends Document<Person>() {}

const id = new RecordId('relation_test_person', 'ann')
const ann = Person.fromRecord({ id })

test('the text of what is asked of edges', () => {
  expect(ann.out(Likes).toSurrealQL()).toMatchObject({
    query: 'SELECT * FROM $p0->`relation_likes`',
    bindings: { p0: id },
  })
  expect(ann.in(Likes).filter({ much: 1 }).limit(2).toSurrealQL().query).toBe(
    'SELECT * FROM $p0<-`relation_likes` WHERE (`much` = $p1) LIMIT $p2',
  )
  // the engine gives no order to edges that it follows in the same SELECT
  expect(ann.both(Likes).filter({ much: 1 }).orderBy('-much').limit(2).toSurrealQL().query).toBe(
    'SELECT * FROM (SELECT * FROM $p0<->`relation_likes` WHERE (`much` = $p1)) ORDER BY `much` DESC LIMIT $p2',
  )
  expect(ann.out(Follows).toSurrealQL().query).toBe(
    'SELECT * FROM $p0->`relation_follows` WHERE ((`deletedAt` ?? NONE) = NONE)',
  )
})

test('what the edges connect is known, once the models are', () => {
  const person = '`relation_test_person`'
  expect(Likes.defineStatements()).toContain(`TYPE RELATION IN ${person} OUT ${person}`)
  expect(Follows.defineStatements()).toContain('TYPE RELATION SCHEMALESS')
  expect([Likes, Follows, Person].map((model) => modelMetaOf(model).isRelation)).toEqual([true, true, false])
  const links = new Likes({ in: ann, out: id })
  expect(links.in).toBe(ann)
  expect(links instanceof Document).toBe(true)
  expect(ann instanceof RelationDocument).toBe(false)
})

test('a link to what is no model is refused when it is needed', () => {
  class Nothing {}
  @Collection('relation_nowhere', { in: () => Nothing })
  class Nowhere extends RelationDocument<Nowhere>() {}
  expect(() => Nowhere.defineStatements()).toThrow(ModelDefinitionError)
  expect(() => Nowhere.defineStatements()).toThrow('The relation Nowhere points at the class Nothing')
})

test('fields of an edge may be called like methods of other documents, and no field like what every edge has', () => {
  @Collection('relation_free')
  class Free extends RelationDocument<Free>() {
    @IntField() both?: number
  }
  expect(new Free({ both: 1 }).toObject()).toEqual({ both: 1 })
  expect(() => {
    @Collection('relation_taken')
    class Taken extends RelationDocument<Taken>() {
      @IntField({ dbField: 'in' }) much?: number
    }
    return Taken
  }).toThrow(ModelDefinitionError)
})
