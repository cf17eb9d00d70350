import { expect, test } from '@jest/globals'
import {
  AfterDelete,
  AfterSave,
  AsyncInSyncError,
  BeforeDelete,
  BeforeSave,
  Collection,
  Document,
  IntField,
  StringField,
  ValidationError,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

const calls: string[] = []

@Collection('hooks_person')
class Person extends Document<Person>() {
  @StringField({ required: true }) email!: string
  @IntField() saves?: number

  beforeSave() {
    calls.push('beforeSave')
    this.email = this.email.toLowerCase()
  }
  @BeforeSave() second() {
    calls.push('second')
  }
  @AfterSave() saved() {
    calls.push(`saved ${this.isNew}`)
  }
  @BeforeDelete() deleting() {
    calls.push('deleting')
  }
  @AfterDelete() afterDelete() {
    calls.push('afterDelete')
  }
}

@Collection('hooks_slow')
class Slow extends Document<Slow>() {
  @StringField() name?: string
  @BeforeSave() async wait() {
    await new Promise((resolve) => setTimeout(resolve, 5))
    this.name = `${this.name} waited`
  }
}

@Collection('hooks_slow_after')
class SlowAfter extends Document<SlowAfter>() {
  @StringField() name?: string
  async afterSave() {
    await Promise.resolve()
  }
}

@Collection('hooks_refusing')
class Refusing extends Document<Refusing>() {
  @StringField() name?: string
  beforeSave() {
    throw new RangeError('not today')
  }
}

everywhere(
  'hooks',
  ({ mode, modeName }) => {
    test('run in order, by name first, and see the right document', async () => {
      calls.length = 0
      const person = await mode(Person).create({ email: 'Ann@Example.org' })
      expect(person.email).toBe('ann@example.org')
      expect(calls).toEqual(['beforeSave', 'second', 'saved false'])
      await mode(person).save()
      expect(calls).toEqual(['beforeSave', 'second', 'saved false', 'beforeSave', 'second'])
      calls.length = 0
      await mode(person).delete()
      expect(calls).toEqual(['deleting', 'afterDelete'])
    })

    test('an asynchronous one is awaited, or refused in a blocking call before anything is sent', async () => {
      const slow = new Slow({ name: 'x' })
      if (modeName === 'async') {
        await slow.save()
        expect((await Slow.get(slow.id!)).name).toBe('x waited')
      } else {
        expect(() => slow.saveSync()).toThrow(AsyncInSyncError)
        expect(() => slow.saveSync()).toThrow('Slow.wait is asynchronous')
        expect(slow.isNew).toBe(true)
        expect(Slow.objects.countSync()).toBe(0)
      }
    })

    test('an asynchronous one after the write is refused too, and the write is done', async () => {
      const slow = new SlowAfter({ name: 'x' })
      if (modeName === 'async') await slow.save()
      else expect(() => slow.saveSync()).toThrow('SlowAfter.afterSave is asynchronous')
      expect(slow.isNew).toBe(false)
      expect(SlowAfter.objects.countSync()).toBe(1)
    })

    test('an error of a hook stops the operation and reaches the caller', async () => {
      const refusing = new Refusing({ name: 'x' })
      await expect(async () => mode(refusing).save()).rejects.toThrow(RangeError)
      expect(refusing.isNew).toBe(true)
      expect(await mode(Refusing.objects).count()).toBe(0)
      // and the document is not left locked
      await expect(async () => mode(refusing).save()).rejects.toThrow('not today')
    })

    test('a document that is invalid after its hooks is refused', async () => {
      const person = new Person({ email: 'x' })
      person.saves = 1.5
      await expect(async () => mode(person).save()).rejects.toThrow(ValidationError)
    })
  },
  ['mem', 'ws'],
)
