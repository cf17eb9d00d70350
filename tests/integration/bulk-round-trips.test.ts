import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import assert from 'node:assert/strict'
import {
  AnyField,
  BulkWriteError,
  Collection,
  Document,
  RecordId,
  StringField,
  surql,
  type CompiledQuery,
} from '../../src/index.js'
import type { ExecutorOptions } from '../../src/connection/calls/executor.js'
import { errorOf } from '../support/error-of.js'
import { everywhere, type Place } from '../support/everywhere.js'

@Collection('round_trip_row')
class Row extends Document<Row>() {
  @StringField({ unique: true }) name?: string
  @AnyField() value?: unknown
  @StringField({ value: surql`$tenant ?? "nobody"` }) readonly tenant?: string
}

const named = (...names: readonly string[]) => names.map((name) => ({ name }))

/** Does something while the connection's calls get other options. */
async function withOptions<Result>(
  place: Place,
  change: (query: CompiledQuery, options: ExecutorOptions) => ExecutorOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const { connection } = place
  const method = place.modeName === 'async' ? 'execute' : 'executeSync'
  const real = connection[method].bind(connection) as (query: CompiledQuery, options: ExecutorOptions) => never
  const changed = (query: CompiledQuery, options: ExecutorOptions): never => real(query, change(query, options))
  const spy = jest.spyOn(connection, method).mockImplementation(changed as never)
  try {
    return await work()
  } finally {
    spy.mockRestore()
  }
}

everywhere(
  'the round trips of bulkCreate',
  (place) => {
    const { mode } = place
    const rows = Row.objects

    beforeAll(() => mode(Row).defineTable())
    beforeEach(() => mode(rows.allowAll()).delete())

    test('each is made ready while the database works on the one before', async () => {
      const calls: { readonly query: CompiledQuery; readonly following: CompiledQuery[] }[] = []
      await withOptions(
        place,
        (query, { meanwhile, ...options }) => {
          const following: CompiledQuery[] = []
          calls.push({ query, following })
          const watched = (): CompiledQuery | undefined => {
            const next = meanwhile?.()
            if (next) following.push(next)
            return next
          }
          return { ...options, meanwhile: watched }
        },
        async () => mode(rows).bulkCreate(named('a', 'b', 'c', 'd', 'e'), { batchSize: 2 }),
      )
      const [first, second, third] = calls
      assert(first && second && third)
      expect(calls).toHaveLength(3)
      expect(first.following).toHaveLength(1)
      expect(first.following[0]).toBe(second.query)
      expect(second.following[0]).toBe(third.query)
      expect(third.following).toEqual([])
      expect(await mode(rows.orderBy('name').pluck('name')).all()).toEqual(['a', 'b', 'c', 'd', 'e'])
    })

    test('one that the caller has no time for is made in its turn', async () => {
      const made = await withOptions(
        place,
        (_, { meanwhile, ...options }) => options,
        async () => mode(rows).bulkCreate(named('a', 'b', 'c', 'd', 'e'), { batchSize: 2 }),
      )
      expect(made.map(({ name, isNew }) => [name, isNew])).toEqual(
        ['a', 'b', 'c', 'd', 'e'].map((name) => [name, false]),
      )
    })

    test('what cannot be sent takes along what follows, and nothing that came before', async () => {
      const value: Record<string, unknown> = { at: 1 }
      const given = [...named('a', 'b'), { name: 'c', value }, ...named('d')]
      const error = await withOptions(
        place,
        (_, options) => {
          // after it was found valid
          value['at'] = new RecordId('thing', 1.5)
          return options
        },
        () => errorOf(async () => mode(rows).bulkCreate(given, { batchSize: 1 })),
      )
      assert(error instanceof BulkWriteError)
      expect(error.failures.map(({ index, code }) => [index, code])).toEqual([
        [2, 'VALIDATION_FAILED'],
        [3, 'VALIDATION_FAILED'],
      ])
      expect((error.stored as Row[]).map(({ name, isNew }) => [name, isNew])).toEqual([
        ['a', false],
        ['b', false],
      ])
      expect(await mode(rows.orderBy('name').pluck('name')).all()).toEqual(['a', 'b'])
    })

    test('what is refused is sent again before the next one goes', async () => {
      const error = await errorOf(async () =>
        mode(rows).bulkCreate(
          [{ name: 'a' }, { name: 'b' }, { name: 'b' }, { name: 'c' }, { name: 'b' }, { name: 'd' }],
          {
            batchSize: 3,
          },
        ),
      )
      assert(error instanceof BulkWriteError)
      expect(error.failures.map(({ index }) => index)).toEqual([2, 4])
      expect((error.stored as Row[]).map(({ name, isNew }) => [name, isNew])).toEqual(
        ['a', 'b', 'c', 'd'].map((name) => [name, false]),
      )
    })

    test('each knows the variables of the session', async () => {
      await mode(place.connection).let('tenant', 'acme')
      try {
        const made = await mode(rows).bulkCreate(named('a', 'b', 'c'), { batchSize: 1 })
        expect(made.map(({ tenant }) => tenant)).toEqual(['acme', 'acme', 'acme'])
      } finally {
        await mode(place.connection).unset('tenant')
      }
    })

    describe('in a transaction', () => {
      test('belong to it', async () => {
        const many = named('a', 'b', 'c', 'd', 'e')
        const error = await errorOf(async () =>
          place.modeName === 'async'
            ? place.connection.transaction(async () => {
                await rows.bulkCreate(many, { batchSize: 2 })
                throw new Error('not today')
              })
            : place.connection.transactionSync(() => {
                rows.bulkCreateSync(many, { batchSize: 2 })
                throw new Error('not today')
              }),
        )
        expect(error.message).toBe('not today')
        expect(await mode(rows).count()).toBe(0)
        const made =
          place.modeName === 'async'
            ? await place.connection.transaction(() => rows.bulkCreate(many, { batchSize: 2 }))
            : place.connection.transactionSync(() => rows.bulkCreateSync(many, { batchSize: 2 }))
        expect(made.map(({ name, isNew }) => [name, isNew])).toEqual(
          ['a', 'b', 'c', 'd', 'e'].map((name) => [name, false]),
        )
        expect(await mode(rows).count()).toBe(5)
      })
    })
  },
  ['mem', 'ws', 'http'],
)
