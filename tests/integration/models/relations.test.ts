import { expect, test } from '@jest/globals'
import {
  Collection,
  DateTimeField,
  Document,
  IntField,
  NotSavedError,
  RecordId,
  RelationDocument,
  SoftDelete,
  StringField,
  Timestamps,
  UniqueViolationError,
  ValidationError,
  Versioned,
} from '../../../src/index.js'
import { everywhere } from '../../support/everywhere.js'
import { errorOf } from '../../support/error-of.js'
import { inMemory } from '../../support/in-memory.js'

@Collection('relations_person')
class Person extends Document<Person>() {
  @StringField() name?: string
}

@Collection('relations_company')
class Company extends Document<Company>() {
  @StringField() name?: string
}

@Collection('relations_works_at', { in: () => Person, out: () => Company })
class WorksAt extends RelationDocument<WorksAt, Person, Company>() {
  @DateTimeField() since?: Date
  @IntField({ default: 1 }) hours!: number
}

@Collection('relations_knows')
class Knows extends Versioned(SoftDelete(Timestamps(RelationDocument<Knows, Person, Person>()))) {
  @StringField() how?: string
}

everywhere(
  'relations',
  (place) => {
    const { mode } = place
    const fresh = async (): Promise<{ ann: Person; bob: Person; acme: Company }> => {
      await mode(WorksAt.objects.allowAll()).delete()
      await mode(Knows.objects.withDeleted().allowAll()).hardDelete()
      const [ann, bob] = await mode(Person.objects).bulkCreate([{ name: 'Ann' }, { name: 'Bob' }])
      return { ann: ann!, bob: bob!, acme: await mode(Company).create({ name: 'Acme' }) }
    }

    test('relate makes an edge, which is a document', async () => {
      const { ann, acme } = await fresh()
      const since = new Date('2020-01-02')
      const job = await mode(ann).relate(WorksAt, acme, { since })
      expect(job).toBeInstanceOf(WorksAt)
      expect(job).toBeInstanceOf(RelationDocument)
      expect(job.toObject()).toEqual({ id: job.id, in: ann.toObject(), out: acme.toObject(), since, hours: 1 })
      expect(job.isDirty).toBe(false)
      const loaded = await mode(WorksAt).get(job.id)
      expect(loaded.toObject()).toEqual({ id: job.id, in: ann.id, out: acme.id, since, hours: 1 })
      await mode(loaded).update({ hours: 2 })
      expect(await mode(WorksAt.objects.filter({ hours: 2 })).get()).toEqual(loaded)
      await mode(loaded).delete()
      expect(await mode(WorksAt.objects).count()).toBe(0)
    })

    test('relate takes the connection to use', async () => {
      const other = inMemory(`relations-other-${place.scheme}-${place.modeName}`)
      await mode(other).connect()
      const { ann, acme } = await fresh()
      const job = await mode(ann).relate(WorksAt, acme, { hours: 3 }, { connection: other })
      const named = await mode(ann).relate(WorksAt, acme, undefined, { connection: other.name })
      expect(await mode(WorksAt.objects).count()).toBe(0)
      const stored = await mode(WorksAt.objects.using(other).orderBy('hours')).all()
      expect(stored.map(({ id }) => String(id))).toEqual([named, job].map(({ id }) => String(id)))
      await mode(other).close()
    })

    test('the edges of a document are a queryset', async () => {
      const { ann, bob, acme } = await fresh()
      const first = await mode(ann).relate(WorksAt, acme, { hours: 10 })
      const second = await mode(bob).relate(WorksAt, acme.id, { hours: 20 })
      const found = async (edges: PromiseLike<WorksAt[]>): Promise<number[]> => (await edges).map(({ hours }) => hours)
      expect(await found(mode(ann.out(WorksAt)).all())).toEqual([10])
      expect(await found(mode(acme.in(WorksAt).orderBy('hours')).all())).toEqual([10, 20])
      expect(await found(mode(acme.out(WorksAt)).all())).toEqual([])
      expect(await mode(acme.both(WorksAt).filter({ hours__gt: 10 })).get()).toEqual(await mode(WorksAt).get(second.id))
      expect(await mode(acme.in(WorksAt)).count()).toBe(2)
      expect(await mode(acme.in(WorksAt).limit(1)).count()).toBe(1)
      expect(await mode(bob.out(WorksAt).filter({ out__name: 'Acme' })).exists()).toBe(true)
      expect((await mode(acme.in(WorksAt).filter({ in: ann })).get()).equals(first)).toBe(true)
      expect(await mode(ann.out(WorksAt).allowAll()).update({ hours: 5 })).toBe(1)
      expect(await mode(acme.in(WorksAt).filter({ hours: 5 })).delete()).toBe(1)
      expect((await mode(WorksAt.objects).get()).equals(second)).toBe(true)
      expect(await mode(acme.in(WorksAt).orderBy('-hours').limit(1)).update({ hours: 6 })).toBe(1)
      expect(await errorOf(() => mode(acme.in(WorksAt)).delete())).toMatchObject({ code: 'UNFILTERED_WRITE' })
    })

    test('are saved with new, create and bulkCreate too', async () => {
      const { ann, bob, acme } = await fresh()
      await mode(new WorksAt({ in: ann, out: acme })).save()
      const made = await mode(WorksAt).create({ id: 'mine', in: bob.id, out: acme.id })
      expect(made.id).toEqual(new RecordId('relations_works_at', 'mine'))
      const again = await errorOf(() => mode(WorksAt).create({ id: 'mine', in: ann, out: acme }))
      expect(again).toBeInstanceOf(UniqueViolationError)
      expect(again).toMatchObject({ code: 'RECORD_EXISTS' })
      expect((await mode(WorksAt).get('mine')).in).toEqual(bob.id)
      const bulk = await mode(WorksAt.objects).bulkCreate([
        { in: ann, out: acme, hours: 3 },
        { in: bob, out: acme },
      ])
      expect(bulk.map(({ hours }) => hours)).toEqual([3, 1])
      expect(await mode(acme.in(WorksAt)).count()).toBe(4)
    })

    test('an edge needs both ends, of the right tables, and keeps them', async () => {
      const { ann, bob, acme } = await fresh()
      const missing = await errorOf(() => mode(new WorksAt({ in: ann })).save())
      expect(missing).toMatchObject({ issues: [{ path: ['out'], code: 'required' }] })
      const wrong = await errorOf(() => mode(ann).relate(WorksAt, bob.id))
      expect(wrong).toMatchObject({ issues: [{ path: ['out'], code: 'custom' }] })
      expect(wrong).toBeInstanceOf(ValidationError)
      const unsaved = await errorOf(() => mode(new Person()).relate(WorksAt, acme))
      expect(unsaved).toBeInstanceOf(NotSavedError)
      expect(await errorOf(async () => new Person().out(WorksAt))).toMatchObject({ code: 'NOT_SAVED' })
      const job = await mode(ann).relate(WorksAt, acme)
      job.in = bob.id
      expect(await errorOf(() => mode(job).save())).toMatchObject({ issues: [{ path: ['in'], code: 'readonly' }] })
    })

    test('take mixins', async () => {
      const { ann, bob } = await fresh()
      const knows = await mode(ann).relate(Knows, bob, { how: 'school' })
      expect(knows).toMatchObject({ version: 1, how: 'school' })
      expect(knows.createdAt).toBeInstanceOf(Date)
      await mode(knows).delete()
      expect(await mode(bob.both(Knows)).all()).toEqual([])
      expect((await mode(bob.in(Knows).onlyDeleted()).get()).equals(knows)).toBe(true)
    })
  },
  ['mem', 'ws'],
)
