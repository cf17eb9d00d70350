import { expect, test } from '@jest/globals'
import {
  AfterSave,
  Collection,
  Document,
  IntField,
  ListField,
  RecordId,
  StringField,
  TransactionError,
  UniqueViolationError,
  ValidationError,
  type Transaction,
} from '../../src/index.js'
import { everywhere, SCHEMES } from '../support/everywhere.js'
import { errorOf, outside, transact } from '../support/transact.js'

@Collection('transactions_person')
class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
  @IntField({ default: 0 }) age!: number
  @ListField(StringField()) tags?: string[]

  static saved = 0

  @AfterSave() countSaves(): void {
    Person.saved++
  }
}

@Collection('transactions_never_written')
class Missing extends Document<Missing>() {
  @StringField() name?: string
}

everywhere(
  'a transaction',
  (place) => {
    const { mode } = place
    const names = async (): Promise<string[]> => {
      const people = await mode(Person.objects.orderBy('name')).all()
      return people.map(({ name }) => name)
    }
    const clear = async (): Promise<void> => {
      await mode(place.connection).query('DEFINE TABLE IF NOT EXISTS transactions_person; DELETE transactions_person')
    }
    const cancelled = new Error('cancel')

    test('is stored as a whole, and gives what its body gives', async () => {
      await clear()
      const ann = new Person({ name: 'Ann' })
      const given = await transact(place, function* (tx) {
        yield mode(ann).save()
        yield mode(Person).create({ name: 'Bob' })
        yield mode(Person.objects).bulkCreate([{ name: 'Cid' }, { name: 'Dan' }], { batchSize: 1 })
        yield mode(tx).create('transactions_person', { name: 'Eve', age: 1 })
        yield mode(tx).query('CREATE transactions_person SET name = $name, age = 0', { name: 'Fay' })
        return 7
      })
      expect(given).toBe(7)
      expect(await names()).toEqual(['Ann', 'Bob', 'Cid', 'Dan', 'Eve', 'Fay'])
      expect(ann).toMatchObject({ isNew: false, isDirty: false })
    })

    test('sees what it wrote, which nobody else does before it is committed', async () => {
      await clear()
      const old = await mode(Person).create({ name: 'Old' })
      const count = () => mode(Person.objects).count()
      await transact(place, function* (tx) {
        const ann = (yield mode(Person).create({ name: 'Ann' })) as Person
        yield mode(old).update({ age: 5 })
        expect(yield count()).toBe(2)
        expect(yield mode(Person).get(ann.id)).toMatchObject({ name: 'Ann' })
        expect(yield mode(Person.objects.filter({ age: 5 })).exists()).toBe(true)
        expect(yield mode(tx).select('transactions_person')).toHaveLength(2)
        // what is asked of the connection itself belongs to it as well
        expect(yield mode(place.connection).select('transactions_person')).toHaveLength(2)
        expect(yield outside(() => count())).toBe(1)
        expect(yield outside(() => mode(place.connection).select(old.id))).toMatchObject({ age: 0 })

        expect(yield mode(Person.objects.filter({ name: 'Ann' })).update({ age: 9 })).toBe(1)
        expect(yield mode(ann).refresh()).toMatchObject({ age: 9 })
        expect(yield mode(Person.objects.filter({ name: 'Old' })).delete()).toBe(1)
        yield mode(ann).delete()
        expect(yield count()).toBe(0)
        expect(yield outside(() => count())).toBe(1)
      })
      expect(await count()).toBe(0)
    })

    test('is nothing at all when its body throws, and documents are what they were', async () => {
      await clear()
      const changed = await mode(Person).create({ name: 'Changed', tags: ['a'] })
      const removed = await mode(Person).create({ name: 'Removed' })
      const read = await mode(Person).create({ name: 'Read' })
      const fresh = new Person({ name: 'Fresh' })
      const chosen = new Person({ id: 'chosen', name: 'Chosen' })
      const many: Person[] = []
      const saved = Person.saved
      const error = await errorOf(
        transact(place, function* () {
          changed.tags!.push('b')
          yield mode(changed).save()
          changed.tags!.push('c')
          yield mode(changed).save()
          yield mode(removed).delete()
          yield mode(fresh).save()
          yield mode(chosen).save()
          many.push(...((yield mode(Person.objects).bulkCreate([{ name: 'Many' }])) as Person[]))
          yield mode(Person.objects.filter({ name: 'Read' })).update({ age: 44 })
          expect(yield mode(read).refresh()).toMatchObject({ age: 44 })
          throw cancelled
        }),
      )
      expect(error).toBe(cancelled)
      expect(Person.saved).toBe(saved + 4)
      expect(await names()).toEqual(['Changed', 'Read', 'Removed'])
      expect(fresh).toMatchObject({ isNew: true, id: undefined, name: 'Fresh' })
      expect(chosen).toMatchObject({ isNew: true, id: new RecordId('transactions_person', 'chosen') })
      expect(many[0]).toMatchObject({ isNew: true, id: undefined })
      expect(read.age).toBe(0)
      // as it was when the transaction first wrote it: with what is still to be saved
      expect(changed.tags).toEqual(['a', 'b'])
      expect(changed.changes()).toMatchObject({ tags: { before: ['a'], after: ['a', 'b'] } })

      await mode(fresh).save()
      await mode(changed).save()
      await mode(removed).delete()
      expect(await names()).toEqual(['Changed', 'Fresh', 'Read'])
      expect(await mode(Person).get(changed.id)).toMatchObject({ tags: ['a', 'b'] })
    })

    test('is nothing when a statement failed, even where the body went on', async () => {
      await clear()
      await mode(Person).create({ id: 'taken', name: 'Taken' })
      const later: unknown[] = []
      const error = await errorOf(
        transact(place, function* () {
          yield mode(Person).create({ name: 'Before' })
          try {
            yield mode(Person).create({ id: 'taken', name: 'Again' })
          } catch {
            // the body goes on as if nothing had happened
          }
          try {
            yield mode(Person).create({ name: 'After' })
          } catch (reason) {
            later.push(reason)
          }
        }),
      )
      expect(error).toBeInstanceOf(UniqueViolationError)
      expect(later).toEqual([expect.objectContaining({ code: 'TRANSACTION_FAILED', cause: error })])
      expect(await names()).toEqual(['Taken'])
    })

    test('is nothing when one statement of several failed, for a missing table too', async () => {
      await clear()
      const error = await errorOf(
        transact(place, function* (tx) {
          try {
            yield mode(tx).query('CREATE transactions_person SET name = "half"; SELECT * FROM transactions_missing')
          } catch {
            // the body goes on as if nothing had happened
          }
        }),
      )
      expect(error).toMatchObject({ kind: 'NotFound.Table', isPartial: true })
      expect(await names()).toEqual([])
    })

    test('takes no harm from what was refused before it was sent, nor from a table that is missing', async () => {
      await clear()
      await transact(place, function* (tx) {
        expect(yield mode(Missing.objects).all()).toEqual([])
        expect(yield mode(Missing.objects.allowAll()).delete()).toBe(0)
        expect(yield mode(Missing).getOrNull('x')).toBeNull()
        try {
          yield mode(tx).select('transactions_missing')
        } catch (error) {
          expect(error).toMatchObject({ kind: 'NotFound.Table' })
        }
        try {
          yield mode(new Person({ name: 5 as never })).save()
        } catch (error) {
          expect(error).toBeInstanceOf(ValidationError)
        }
        yield mode(Person).create({ name: 'Ann' })
      })
      expect(await names()).toEqual(['Ann'])
    })

    test('cannot be used after its end', async () => {
      await clear()
      let kept: Transaction | undefined
      await transact(place, function* (tx) {
        kept = tx
        yield mode(Person).create({ name: 'Ann' })
      })
      const person = new Person({ name: 'Late' })
      for (const late of [
        () => mode(kept!).query('CREATE transactions_person SET name = "late"'),
        () => mode(person).save({ connection: kept! }),
        () => mode(Person.objects.using(kept!)).all(),
      ]) {
        const error = await errorOf((async () => await late())())
        expect(error).toBeInstanceOf(TransactionError)
        expect(error).toMatchObject({ code: 'TRANSACTION_CLOSED' })
      }
      expect(person.isNew).toBe(true)
      expect(await names()).toEqual(['Ann'])
    })

    test('can be named where it is not ambient', async () => {
      await clear()
      const options = (tx: Transaction) => ({ connection: tx })
      await transact(place, function* (tx) {
        const person = new Person({ name: 'Ann' })
        yield outside(() => mode(person).save(options(tx)))
        expect(yield outside(() => mode(Person.objects.using(tx)).count())).toBe(1)
        expect(yield outside(() => mode(Person).exists(person.id, options(tx)))).toBe(true)
        expect(yield outside(() => mode(Person.objects).count())).toBe(0)
        yield outside(() => mode(tx).merge(person.id, { age: 3 }))
        yield outside(() => mode(person).refresh(options(tx)))
        expect(person.age).toBe(3)
        yield outside(() => mode(tx).delete(person.id))
        yield outside(() => mode(tx).query('CREATE transactions_person SET name = "Bob", age = 0'))
      })
      expect(await names()).toEqual(['Bob'])
    })

    test('leaves no channel borrowed', async () => {
      const { pool } = await mode(place.connection).health()
      expect(pool?.borrowed).toBe(place.scheme === 'ws+pool' ? 0 : undefined)
    })
  },
  [...SCHEMES, 'ws+pool'],
)
