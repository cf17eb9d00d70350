import { expect, test } from '@jest/globals'
import {
  AsyncInSyncError,
  Collection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  StringField,
  Validate,
  ValidationError,
} from '../../../src/index.js'
import { everywhere } from '../../support/everywhere.js'
import { errorOf } from '../../support/error-of.js'

@Embeddable()
class Room extends EmbeddedDocument<Room>() {
  @IntField({ min: 1 }) floor?: number
  @StringField({ required: true }) name!: string
}

@Collection('cross_stay')
class Stay extends Document<Stay>() {
  @DateTimeField({ required: true }) arrival!: Date
  @DateTimeField({ required: true }) departure!: Date
  @IntField({ min: 1 }) guests?: number
  @StringField({ readonly: true }) code?: string
  @EmbeddedField(() => Room) room?: Room
  @ListField(EmbeddedField(() => Room)) others?: Room[]

  @Validate() endsAfterItBegins() {
    if (this.departure.getTime() >= this.arrival.getTime()) return undefined
    return [
      { path: 'departure', message: 'is before the arrival' },
      { path: ['room', 'name'], message: 'is taken' },
    ]
  }
  @Validate() isNoCrowd() {
    return this.guests === 13 ? 'has too many guests' : undefined
  }
}

@Collection('cross_longer_stay')
class LongerStay extends Stay.extend<LongerStay>() {
  @Validate() lasts() {
    return Number(this.departure) - Number(this.arrival) < 1000 ? 'is too short' : null
  }
}

@Collection('cross_slow')
class Slow extends Document<Slow>() {
  @StringField() name?: string
  @Validate() async isFine() {
    await Promise.resolve()
    return this.name === 'bad' ? [{ path: 'name', message: 'is bad' }] : []
  }
}

const early = new Date('2020-01-01')
const late = new Date('2020-01-02')

everywhere(
  'checks of a whole document',
  ({ mode, modeName }) => {
    test('run wherever fields are checked', async () => {
      const wrong = { arrival: late, departure: early }
      const expected = {
        issues: [
          { path: ['departure'], code: 'custom', message: 'is before the arrival' },
          { path: ['room', 'name'], code: 'custom', message: 'is taken' },
        ],
      }
      expect(await errorOf(() => mode(Stay).create(wrong))).toMatchObject(expected)
      expect(await errorOf(() => mode(new Stay(wrong)).validate())).toMatchObject(expected)
      expect(await errorOf(() => mode(new Stay(wrong)).save())).toMatchObject(expected)
      expect(await errorOf(() => mode(Stay.objects).upsert({ id: 'wrong', ...wrong }))).toMatchObject(expected)
      expect(await errorOf(() => mode(Stay.objects).bulkCreate([wrong]))).toMatchObject({
        issues: expected.issues.map((issue) => ({ ...issue, path: [0, ...issue.path] })),
      })
      const stay = await mode(Stay).create({ arrival: early, departure: late })
      expect(await errorOf(() => mode(stay).update({ arrival: late, departure: early }))).toMatchObject(expected)
      expect(await mode(Stay.objects).count()).toBe(1)
      stay.revert()
      await mode(stay).update({ guests: 2 })
      await mode(stay).delete()
    })

    test('are in one error with what is wrong with the fields', async () => {
      const error = await errorOf(() => mode(Stay).create({ arrival: late, departure: early, guests: 0 }))
      expect(error).toBeInstanceOf(ValidationError)
      expect((error as ValidationError).issues.map(({ path }) => path)).toEqual([
        ['guests'],
        ['departure'],
        ['room', 'name'],
      ])
      const crowd = await errorOf(() => mode(Stay).create({ arrival: early, departure: late, guests: 13 }))
      expect(crowd).toMatchObject({ issues: [{ path: [], code: 'custom', message: 'has too many guests' }] })
      expect((crowd as Error).message).toBe('Stay: has too many guests')
    })

    test('what they throw is lost only when fields are wrong', async () => {
      const missing = await errorOf(() => mode(Stay).create({ arrival: early }))
      expect(missing).toMatchObject({ issues: [{ path: ['departure'], code: 'required' }] })
      const stay = new Stay({ arrival: early, departure: late })
      stay.endsAfterItBegins = () => {
        throw new RangeError('broken')
      }
      expect(await errorOf(() => mode(stay).save())).toBeInstanceOf(RangeError)
    })

    test('are inherited', async () => {
      const error = await errorOf(() => mode(LongerStay).create({ arrival: early, departure: early, guests: 13 }))
      expect((error as ValidationError).issues.map(({ message }) => message)).toEqual([
        'has too many guests',
        'is too short',
      ])
    })

    test('may be asynchronous in async mode', async () => {
      const error = await errorOf(() => mode(Slow).create({ name: 'bad' }))
      if (modeName === 'async') expect(error).toMatchObject({ issues: [{ path: ['name'], message: 'is bad' }] })
      else expect(error).toBeInstanceOf(AsyncInSyncError)
      if (modeName === 'async') await Slow.create({ name: 'good' })
    })

    test('issues are complete, in embedded documents and in a partial update', async () => {
      const room = new Room({ name: 'a', floor: 1 })
      const stay = await mode(Stay).create({
        arrival: early,
        departure: late,
        code: 'x',
        room,
        others: [new Room({ name: 'b' })],
      })
      stay.room!.floor = 0
      stay.room!.name = undefined as never
      stay.others!.push(new Room({ floor: -1 }))
      stay.guests = 0
      stay.code = 'y'
      stay.departure = new Date('2019-01-01')
      const error = (await errorOf(() => mode(stay).save())) as ValidationError
      expect(error.issues.map(({ path }) => path.join('.')).sort()).toEqual([
        'code',
        'departure',
        'guests',
        'others.1.floor',
        'others.1.name',
        'room.floor',
        'room.name',
        'room.name',
      ])
      await mode(stay).delete()
    })
  },
  ['mem', 'ws'],
)
