import { beforeAll, expect, test } from '@jest/globals'
import { Collection, Document, StringField } from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Collection('stack_traces_person')
class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
}

everywhere(
  'stack traces',
  (place) => {
    const { mode } = place
    // Node's own; Jest raises it
    beforeAll(() => {
      Error.stackTraceLimit = 10
    })

    /** Runs `thisIsTheUsersLine` and gives the stack of what it throws. */
    const stackOf = async (thisIsTheUsersLine: () => Promise<unknown>): Promise<string> => {
      const error = await thisIsTheUsersLine().catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(Error)
      return (error as Error).stack!
    }

    test.each<[string, () => Promise<unknown>]>([
      ['validation', async () => await mode(new Person()).save()],
      ['get', async () => await mode(Person).get('nobody')],
      ['a queryset', async () => await mode(Person.objects.filter({ name: 'nobody' })).get()],
      ['the database', async () => await mode(place.connection).query('THROW "x"')],
      [
        'a taken id',
        async () => {
          await mode(Person).create({ id: 'taken', name: 'a' })
          return await mode(Person).create({ id: 'taken', name: 'b' })
        },
      ],
      ['a transaction', async () => await mode(place.connection).query('BEGIN; THROW "x"; COMMIT')],
    ])('of %s show this file', async (_, run) => {
      const frames = (await stackOf(run)).split('\n').filter((line) => /^\s+at /.test(line))
      // as many as Node shows
      expect(frames.slice(0, 10).filter((line) => line.includes('stack-traces.test.ts'))).not.toEqual([])
    })
  },
  ['mem', 'http'],
)
