import { describe, expect, it } from '@jest/globals'
import {
  BeforeSave,
  Collection,
  DateTime,
  DateTimeField,
  Document,
  IntField,
  ListField,
  RecordId,
  StringField,
  Table,
} from '../../../src/index.js'
import type { Operation } from '../../../src/persistence/operation.js'
import { runOperation, runOperationSync } from '../../../src/persistence/run-operation.js'
import { save } from '../../../src/persistence/save.js'
import { deleteDocument } from '../../../src/persistence/delete.js'
import { modelMetaOf } from '../../../src/schema/model-registry.js'
import { FakeExecutor } from './fake-executor.js'

const log: string[] = []

@Collection('save_person')
class Person extends Document<Person>() {
  @StringField({ required: true, dbField: 'full_name' }) name!: string
  @IntField({ default: 0 }) age!: number
  @ListField(StringField()) tags?: string[]
  @DateTimeField() born?: Date | undefined

  @BeforeSave() trim(): void {
    if (typeof this.name === 'string') this.name = this.name.trim()
  }
  beforeSave(): void {
    log.push('before')
  }
  afterSave(): void {
    log.push('after')
  }
}

@Collection('save_async')
class Slow extends Document<Slow>() {
  @StringField() name?: string
  async beforeSave(): Promise<void> {
    await Promise.resolve()
    this.name = 'hooked'
  }
}

const meta = modelMetaOf(Person)
const id = new RecordId('save_person', 1)
const row = (fields: object) => ({ id, full_name: 'Ann', age: 0, ...fields })

type Run = <Result>(executor: FakeExecutor, operation: Operation<Result>) => Promise<Result>

describe.each<[string, Run]>([
  ['async', (executor, operation) => runOperation(() => executor, operation)],
  ['blocking', async (executor, operation) => runOperationSync(() => executor, operation)],
])('save, %s', (_, run) => {
  it('of a new document is one CREATE, and what the database made of it comes back', async () => {
    const executor = new FakeExecutor(row({ full_name: 'ANN', tags: ['from the database'] }))
    const person = new Person({ name: ' Ann ' })
    await run(executor, save(meta, person))
    const made: unknown = expect.objectContaining({
      table: new Table('save_person'),
      id: expect.stringMatching(/^[a-z0-9]{20}$/),
    })
    expect(executor.asked).toEqual([
      { query: 'CREATE ONLY $p0 CONTENT $p1', bindings: { p0: made, p1: { full_name: 'Ann', age: 0 } } },
    ])
    expect(person).toMatchObject({ name: 'ANN', age: 0, tags: ['from the database'] })
    expect([person.id, person.isNew, person.isDirty]).toEqual([id, false, false])
  })

  it('of a new document can be told from one that was carried out before, unless the id is not of our making', async () => {
    const executor = new FakeExecutor(row({}), row({}))
    await run(executor, save(meta, new Person({ name: 'Ann' })))
    const { p0: made } = executor.asked[0]!.bindings
    expect(executor.options[0]?.ifExists?.()).toEqual({ query: 'SELECT * FROM ONLY $p0', bindings: { p0: made } })
    await run(executor, save(meta, new Person({ id: 1, name: 'Ann' })))
    expect(executor.options[1]?.ifExists).toBeUndefined()
  })

  it('of a new document with an id creates that record', async () => {
    const executor = new FakeExecutor(row({}))
    await run(executor, save(meta, new Person({ id: 1, name: 'Ann' })))
    expect(executor.asked).toEqual([
      { query: 'CREATE ONLY $p0 CONTENT $p1', bindings: { p0: id, p1: { full_name: 'Ann', age: 0 } } },
    ])
  })

  it('of a loaded document is one UPDATE of what changed', async () => {
    const executor = new FakeExecutor(row({ full_name: 'Bob', tags: ['a'] }))
    const person = Person.fromRecord(row({ born: new DateTime(new Date(0)), tags: [] }))
    person.name = 'Bob '
    person.tags!.push('a')
    person.born = undefined
    await run(executor, save(meta, person))
    expect(executor.asked).toEqual([
      {
        query: 'UPDATE ONLY $p0 SET `full_name` = $p1, `tags` = $p2, `born` = NONE',
        bindings: { p0: id, p1: 'Bob', p2: ['a'] },
      },
    ])
    expect(person.isDirty).toBe(false)
  })

  it('of an unchanged document asks nothing, and runs no hook afterwards', async () => {
    const executor = new FakeExecutor()
    log.length = 0
    await run(executor, save(meta, Person.fromRecord(row({}))))
    expect(executor.asked).toEqual([])
    expect(log).toEqual(['before'])
  })

  it('runs the hooks around the write', async () => {
    log.length = 0
    await run(new FakeExecutor(row({})), save(meta, new Person({ name: 'Ann' })))
    expect(log).toEqual(['before', 'after'])
  })

  it('refuses a wrong document before it asks anything', async () => {
    const executor = new FakeExecutor()
    await expect(run(executor, save(meta, new Person({ age: 1.5 })))).rejects.toMatchObject({
      issues: [{ path: ['name'] }, { path: ['age'] }],
    })
    const person = Person.fromRecord(row({}))
    person.born = new Date(NaN)
    await expect(run(executor, save(meta, person))).rejects.toMatchObject({ issues: [{ path: ['born'] }] })
    expect(executor.asked).toEqual([])
  })

  it.each([[undefined], [null], [[]]])('that wrote nothing is an error: %p', async (answer) => {
    const created = run(new FakeExecutor(answer), save(meta, new Person({ name: 'Ann' })))
    await expect(created).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
    const person = Person.fromRecord(row({}))
    person.age = 1
    await expect(run(new FakeExecutor(answer), save(meta, person))).rejects.toMatchObject({ code: 'DOES_NOT_EXIST' })
    expect(person.isDirty).toBe(true)
  })

  it('can be tried again after an error', async () => {
    const executor = new FakeExecutor(new Error('lost'), row({}))
    const person = new Person({ name: 'Ann' })
    await expect(run(executor, save(meta, person))).rejects.toThrow('lost')
    expect(person.isNew).toBe(true)
    await run(executor, save(meta, person))
    expect(executor.asked).toHaveLength(2)
    expect(person.isNew).toBe(false)
  })

  it('of a deleted document is an error', async () => {
    const executor = new FakeExecutor(true)
    const person = Person.fromRecord(row({}))
    await run(executor, deleteDocument(meta, person))
    expect(executor.asked).toEqual([{ query: 'DELETE ONLY $p0 RETURN VALUE true', bindings: { p0: id } }])
    await expect(run(executor, save(meta, person))).rejects.toMatchObject({ code: 'DOCUMENT_DELETED' })
    await expect(run(executor, deleteDocument(meta, person))).rejects.toMatchObject({ code: 'DOCUMENT_DELETED' })
  })

  it('of a document that was never stored cannot be undone by a delete', async () => {
    await expect(run(new FakeExecutor(), deleteDocument(meta, new Person()))).rejects.toMatchObject({
      code: 'NOT_SAVED',
    })
  })
})

describe('two saves at once', () => {
  it('are one save and an error', async () => {
    const executor = new FakeExecutor(row({}))
    const person = new Person({ name: 'Ann' })
    const first = runOperation(() => executor, save(meta, person))
    await expect(runOperation(() => executor, save(meta, person))).rejects.toMatchObject({ code: 'SAVE_IN_PROGRESS' })
    await first
    expect(executor.asked).toHaveLength(1)
  })
})

describe('a change that is made while a save is under way', () => {
  it('stays, and is still to be saved', () => {
    const person = new Person({ name: 'Ann', age: 1, tags: ['a'] })
    const answer = () => {
      person.age = 2
      person.tags!.push('b')
      return row({ full_name: 'ANN', age: 1, tags: ['a'] })
    }
    runOperationSync(() => new FakeExecutor(answer), save(meta, person))
    expect(person).toMatchObject({ name: 'ANN', age: 2, tags: ['a', 'b'] })
    expect(Object.keys(person.changes())).toEqual(['age', 'tags'])
  })
})

describe('an asynchronous hook', () => {
  const slow = modelMetaOf(Slow)

  it('is waited for', async () => {
    const executor = new FakeExecutor({ id: new RecordId('save_async', 1), name: 'hooked' })
    const document = new Slow()
    await runOperation(() => executor, save(slow, document))
    expect(executor.asked[0]?.bindings).toMatchObject({ p1: { name: 'hooked' } })
  })

  it('is an error in blocking mode, before anything is written', () => {
    const executor = new FakeExecutor()
    expect(() => runOperationSync(() => executor, save(slow, new Slow()))).toThrow(
      expect.objectContaining({
        code: 'ASYNC_IN_SYNC',
        message:
          'Slow.beforeSave is asynchronous, which a blocking method cannot wait for; call the method without "Sync".',
      }),
    )
    expect(executor.asked).toEqual([])
  })
})
