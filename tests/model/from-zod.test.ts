import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { Collection, Document, StringField, Validate } from '../../src/index.js'

const StaySchema = z
  .object({ arrival: z.int(), departure: z.int().optional() })
  .refine(({ arrival, departure }) => departure === undefined || departure > arrival, {
    path: ['departure'],
    message: 'must be after the arrival',
  })
const PaidSchema = z.object({ paid: z.int() }).refine(({ paid }) => paid > 0, 'must be paid')
const WaitingSchema = z.object({ name: z.string() }).refine(async ({ name }) => {
  await Promise.resolve()
  return name !== 'bad'
}, 'must not be bad')

@Collection('from_zod_stay')
class Stay extends Document<Stay>().fromZod(StaySchema) {
  @StringField() note?: string
  @Validate() isNoted() {
    return this.note === 'bad' ? 'is badly noted' : undefined
  }
}

@Collection('from_zod_longer_stay')
class LongerStay extends Stay.extend<LongerStay>() {}

test.each([Stay, LongerStay])('what zod checks of the object as a whole is checked of the document', (Model) => {
  expect(new Model({ arrival: 2, departure: 3 }).validateSync()).toBeInstanceOf(Model)
  const wrong = new Model({ arrival: 2, departure: 1, note: 'bad' })
  expect(() => wrong.validateSync()).toThrow(/departure: must be after the arrival[^]*is badly noted/)
  expect(wrong.toObject()).toEqual({ arrival: 2, departure: 1, note: 'bad' })
})

test('of several objects', () => {
  @Collection('from_zod_paid_stay')
  class PaidStay extends Document<PaidStay>().fromZod(StaySchema).fromZod(PaidSchema) {}
  const wrong = new PaidStay({ arrival: 2, departure: 1, paid: 0 })
  expect(() => wrong.validateSync()).toThrow(/must be after the arrival[^]*must be paid/)
})

test('one that waits is waited for', async () => {
  @Collection('from_zod_waiting_object')
  class Waiting extends Document<Waiting>().fromZod(WaitingSchema) {}
  await expect(new Waiting({ name: 'bad' }).validate()).rejects.toThrow('must not be bad')
  await expect(new Waiting({ name: 'good' }).validate()).resolves.toBeInstanceOf(Waiting)
  expect(() => new Waiting({ name: 'good' }).validateSync()).toThrow('is asynchronous')
})
