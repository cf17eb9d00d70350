import assert from 'node:assert/strict'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  Collection,
  Count,
  Document,
  Incoming,
  IntField,
  ReferenceField,
  StringField,
  Sum,
  type Ref,
} from '../../src/index.js'
import { inMemory } from '../support/in-memory.js'
import { MODES, type ModeName } from '../support/modes.js'

@Collection('random_team')
class Team extends Document<Team>() {
  @IntField() size?: number
  @StringField() name?: string
}

@Collection('random_player')
class Player extends Document<Player>() {
  @IntField() age?: number
  @StringField() name?: string
  @ReferenceField(() => Team, { onDelete: 'unset' }) team?: Ref<Team>
}

const connection = inMemory('cache-random', { makeDefault: true, cache: { ttl: '1h' } })
beforeAll(async () => {
  await connection.connect()
  await Team.defineTable()
  await Player.defineTable()
})
afterAll(() => connection.close())

type Asked = () => unknown

/** Questions about both tables, by one, by the other, and by both. */
function questions(modeName: ModeName, isCached: boolean): readonly Asked[] {
  const mode = MODES[modeName]
  const players = isCached ? Player.objects.cache() : Player.objects
  const teams = isCached ? Team.objects.cache() : Team.objects
  return [
    () => mode(players.orderBy('name', 'id').values()).all(),
    () => mode(players.filter({ age__gte: 3 })).count(),
    () => mode(players.filter({ team__size__gt: 2 }).orderBy('id').pluck('name')).all(),
    () => mode(players.orderBy('id').values('name', 'team__name')).all(),
    () => mode(players).aggregate({ players: Count(), years: Sum('age') }),
    () => mode(players.groupBy('team__name').aggregate({ players: Count() }).orderBy('team__name')).all(),
    () => mode(players.orderBy('id').values('id', 'age')).paginate({ perPage: 2 }),
    () => mode(players.orderBy('id').fetch('team').values('id', 'team')).all(),
    () => mode(teams.orderBy('name', 'id').values()).all(),
    () => mode(teams.filter({ name: 'a' })).exists(),
    () =>
      mode(
        teams
          .orderBy('id')
          .values('id')
          .prefetch({ staff: Incoming(Player.objects.orderBy('id').values('id', 'name', 'team'), 'team') }),
      ).all(),
  ]
}

interface Draw {
  readonly kind: number
  readonly id: string
  readonly number: number
}

/** One write, of any kind. */
function write(modeName: ModeName, { kind, id, number }: Draw): unknown {
  const mode = MODES[modeName]
  const name = 'abc'[number % 3]!
  switch (kind) {
    case 0:
      return mode(Player.objects).upsert({ id, age: number, name })
    case 1:
      return mode(Team.objects).upsert({ id: `t${number % 2}`, size: number, name })
    case 2:
      return mode(Player.objects.filter({ name })).update({ age: number })
    case 3:
      return mode(Team.objects.filter({ size__lt: number })).update({ name })
    case 4:
      return mode(Player.objects.filter({ age: number })).delete()
    case 5:
      return mode(Team.objects.filter({ name })).delete()
    case 6:
      return mode(connection).query('UPDATE random_player SET team = $team WHERE age > $age', {
        team: number % 2 ? new Team({ id: 't1' }).id : undefined,
        age: number,
      })
    case 7:
      return mode(Player.objects).bulkCreate([{ name }, { name, age: number }])
    case 8:
      return modeName === 'sync'
        ? connection.transactionSync(() => Team.objects.upsertSync({ id: 't1', size: number }))
        : connection.transaction(async () => await Team.objects.upsert({ id: 't1', size: number }))
    default:
      return cancelled(modeName, () => mode(Player.objects.allowAll()).update({ age: 99 }))
  }
}

/** A transaction that comes to nothing. */
async function cancelled(modeName: ModeName, work: () => unknown): Promise<void> {
  try {
    if (modeName === 'sync')
      connection.transactionSync(() => {
        work()
        throw new RangeError('no')
      })
    else
      await connection.transaction(async () => {
        await work()
        throw new RangeError('no')
      })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
}

const draw = fc.record({
  kind: fc.nat(9),
  id: fc.constantFrom('p0', 'p1', 'p2', 'p3'),
  number: fc.nat(6),
})
/** What is done at the same time: writes, and the places of questions. */
const turn = fc.record({
  writes: fc.array(draw, { minLength: 1, maxLength: 3 }),
  reads: fc.array(fc.nat(10), { maxLength: 4 }),
})

test.each(['async', 'sync'] as const)(
  'whatever is written and read at once, a cached answer is the answer (%s)',
  async (modeName) => {
    const [cached, plain] = [questions(modeName, true), questions(modeName, false)]
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 6 }), async (turns) => {
        await connection.query('DELETE random_player; DELETE random_team')
        for (const { writes, reads } of turns) {
          const [first, ...others] = writes.map((each) => () => write(modeName, each))
          const work = [first!, ...reads.map((index) => cached[index]!), ...others]
          await Promise.all(work.map(async (each) => await each()))
          for (const [index, ask] of cached.entries())
            assert.deepEqual(await ask(), await plain[index]!(), `question ${index}`)
        }
      }),
      { numRuns: 12 },
    )
    // or nothing was tried
    expect(connection.cache.hits).toBeGreaterThan(0)
  },
)
