import { beforeAll, describe, expect, test } from '@jest/globals'
import {
  Collection,
  DateTimeField,
  Document,
  DoesNotExistError,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  LookupError,
  MultipleObjectsReturnedError,
  RecordId,
  ReferenceField,
  StringField,
  type Ref,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Embeddable()
class Place extends EmbeddedDocument<Place>() {
  @StringField({ dbField: 'town' }) city?: string
}

@Collection('querysets_team')
class Team extends Document<Team>() {
  @StringField() name?: string
}

@Collection('querysets_player')
class Player extends Document<Player>() {
  @StringField({ required: true }) name!: string
  @IntField() age?: number
  @IntField({ dbField: 'points_total', index: true }) points?: number
  @ListField(StringField()) tags?: string[]
  @EmbeddedField(() => Place) home?: Place
  @ReferenceField(() => Team) team?: Ref<Team>
  @DateTimeField() born?: Date
  @StringField() nickname?: string | null
}

@Collection('querysets_never_created')
class Never extends Document<Never>() {
  @StringField() name?: string
}

const names = (players: readonly Player[]): string[] => players.map(({ name }) => name)

everywhere('querysets', (place) => {
  const { mode } = place
  const all = Player.objects.orderBy('name')
  const found = async (filter: object): Promise<string[]> => names(await mode(all.filter(filter as never)).all())

  beforeAll(async () => {
    await mode(Player).defineTable()
    const red = await mode(Team).create({ id: 'red', name: 'Reds' })
    const blue = await mode(Team).create({ id: 'blue', name: 'Blues' })
    await mode(Player.objects).bulkCreate([
      {
        id: 'ann',
        name: 'Ann',
        age: 30,
        points: 5,
        tags: ['a', 'b'],
        home: new Place({ city: 'Paris' }),
        team: red,
        born: new Date(1000),
      },
      {
        id: 'bob',
        name: 'Bob',
        age: 40,
        points: 5,
        tags: ['b'],
        home: new Place({ city: 'Rome' }),
        team: blue,
        nickname: 'B',
      },
      { id: 'cid', name: 'Cid', age: 50, points: 9, tags: [], team: red, nickname: null },
      { id: 'dan', name: 'Dan', points: 1 },
      { id: 'eve', name: 'eve %', age: 30, points: 5, home: new Place({}) },
    ])
  })

  describe('filter', () => {
    test.each<[object, string[]]>([
      [{ name: 'Ann' }, ['Ann']],
      [{ name__exact: 'ann' }, []],
      [{ age__ne: 30 }, ['Bob', 'Cid', 'Dan']],
      [{ age__gt: 30 }, ['Bob', 'Cid']],
      [{ age__gte: 30 }, ['Ann', 'Bob', 'Cid', 'eve %']],
      [{ age__lt: 40 }, ['Ann', 'eve %']],
      [{ age__lte: 40 }, ['Ann', 'Bob', 'eve %']],
      [{ age__in: [40, 50, 99] }, ['Bob', 'Cid']],
      [{ age__in: [] }, []],
      [{ age__isnull: true }, ['Dan']],
      [{ nickname__isnull: true }, ['Ann', 'Cid', 'Dan', 'eve %']],
      [{ nickname__isnull: false }, ['Bob']],
      [{ nickname: null }, ['Cid']],
      [{ name__contains: 'n' }, ['Ann', 'Dan']],
      [{ name__contains: '%' }, ['eve %']],
      [{ name__startswith: 'A' }, ['Ann']],
      [{ nickname__startswith: '' }, ['Bob']],
      [{ tags__contains: 'b' }, ['Ann', 'Bob']],
      [{ tags: ['b'] }, ['Bob']],
      [{ home__city: 'Rome' }, ['Bob']],
      [{ home__city__isnull: false }, ['Ann', 'Bob']],
      [{ team: new RecordId('querysets_team', 'red') }, ['Ann', 'Cid']],
      [{ team__name__startswith: 'B' }, ['Bob']],
      [{ team__id: 'blue' }, ['Bob']],
      [{ id: 'cid' }, ['Cid']],
      [{ id__in: ['ann', new RecordId('querysets_player', 'dan'), 'x'] }, ['Ann', 'Dan']],
      [{ born: new Date(1000) }, ['Ann']],
      [{ born__lt: new Date(1001) }, ['Ann']],
      [{ points: 5, age: 30 }, ['Ann', 'eve %']],
      [{}, ['Ann', 'Bob', 'Cid', 'Dan', 'eve %']],
    ])('%j', async (filter, expected) => {
      expect(await found(filter)).toEqual(expected)
    })

    test('conditions add up, and the queryset they were added to stays as it was', async () => {
      const adults = all.filter({ age__gte: 30 })
      const reds = adults.filter({ team__name: 'Reds' })
      expect(names(await mode(reds).all())).toEqual(['Ann', 'Cid'])
      expect(names(await mode(adults).all())).toEqual(['Ann', 'Bob', 'Cid', 'eve %'])
    })
  })

  test.each<[object, string[]]>([
    [{ age: 30 }, ['Bob', 'Cid', 'Dan']],
    [{ age__lt: 45 }, ['Cid', 'Dan']],
    [{ nickname: 'B' }, ['Ann', 'Cid', 'Dan', 'eve %']],
    [{ age: 30, name: 'Ann' }, ['Bob', 'Cid', 'Dan', 'eve %']],
    [{ home__city: 'Paris' }, ['Bob', 'Cid', 'Dan', 'eve %']],
    [{}, ['Ann', 'Bob', 'Cid', 'Dan', 'eve %']],
  ])('exclude %j', async (filter, expected) => {
    expect(names(await mode(all.exclude(filter as never)).all())).toEqual(expected)
  })

  test('order, limit and start', async () => {
    expect(names(await mode(Player.objects.orderBy('-age', 'name')).all())).toEqual([
      'Cid',
      'Bob',
      'Ann',
      'eve %',
      'Dan',
    ])
    expect(names(await mode(all.limit(2)).all())).toEqual(['Ann', 'Bob'])
    expect(names(await mode(all.start(3)).all())).toEqual(['Dan', 'eve %'])
    expect(names(await mode(all.limit(2).start(1)).all())).toEqual(['Bob', 'Cid'])
    expect(names(await mode(all.limit(0)).all())).toEqual([])
    expect(names(await mode(Player.objects.orderBy('home__city', 'name').limit(2)).all())).toEqual(['Cid', 'Dan'])
  })

  test('a limit never hides records that match (the engine of 3.0.2 does, with an index)', async () => {
    const indexed = Player.objects.filter({ points: 5, name__ne: 'Ann' })
    expect(await mode(indexed.limit(2)).all()).toHaveLength(2)
    expect(await mode(indexed.filter({ age: 30 })).first()).toMatchObject({ name: 'eve %' })
    expect(names(await mode(Player.objects.filter({ age: 30 }).orderBy('points').limit(2)).all())).toHaveLength(2)
    expect(await mode(indexed.limit(2)).count()).toBe(2)
  })

  test('first, get, getOrNull, count, exists', async () => {
    expect((await mode(all).first())!.name).toBe('Ann')
    expect(await mode(all.filter({ age: 1 })).first()).toBeNull()
    expect((await mode(all.filter({ age: 50 })).get()).name).toBe('Cid')
    await expect(async () => mode(all.filter({ age: 1 })).get()).rejects.toThrow(DoesNotExistError)
    await expect(async () => mode(all.filter({ age: 30 })).get()).rejects.toThrow(MultipleObjectsReturnedError)
    await expect(async () => mode(all.filter({ age: 30 })).getOrNull()).rejects.toThrow(MultipleObjectsReturnedError)
    await expect(async () => mode(all).get()).rejects.toMatchObject({ code: 'MULTIPLE_OBJECTS_RETURNED' })
    expect(await mode(all.filter({ age: 1 })).getOrNull()).toBeNull()
    expect(await mode(all).count()).toBe(5)
    expect(await mode(all.filter({ age: 30 })).count()).toBe(2)
    expect(await mode(all.filter({ age: 1 })).count()).toBe(0)
    expect(await mode(all.limit(3)).count()).toBe(3)
    expect(await mode(all.filter({ age: 1 })).exists()).toBe(false)
    expect(await mode(all).exists()).toBe(true)
  })

  test('a table that does not exist holds nothing', async () => {
    expect(await mode(Never.objects).all()).toEqual([])
    expect(await mode(Never.objects).count()).toBe(0)
    expect(await mode(Never.objects).exists()).toBe(false)
    expect(await mode(Never.objects.allowAll()).delete()).toBe(0)
    expect(await mode(Never.objects.allowAll()).update({ name: 'x' })).toBe(0)
    expect(await mode(Never).getOrNull('x')).toBeNull()
  })

  test('update and delete say how many records they touched', async () => {
    await mode(Player.objects).bulkCreate([1, 2, 3, 4].map((age) => ({ name: 'temporary', age, points: 100 })))
    const temporary = Player.objects.filter({ points: 100 })
    expect(await mode(temporary.filter({ age__gte: 2 })).update({ age: 20, nickname: null, home: undefined })).toBe(3)
    expect(await mode(temporary.filter({ age: 20, nickname: null })).count()).toBe(3)
    expect(await mode(temporary.orderBy('-age').limit(1)).update({ nickname: 'oldest' })).toBe(1)
    expect(await mode(temporary.filter({ nickname: 'oldest' })).count()).toBe(1)
    expect(await mode(temporary.filter({ age: 99 })).update({ age: 1 })).toBe(0)
    expect(await mode(temporary.orderBy('age').limit(1)).delete()).toBe(1)
    expect(await mode(temporary).delete()).toBe(3)
    expect(await mode(temporary).delete()).toBe(0)
    expect(await mode(all).count()).toBe(5)
  })

  test('what would touch everything is refused', async () => {
    await expect(async () => mode(Player.objects).delete()).rejects.toMatchObject({ code: 'UNFILTERED_WRITE' })
    await expect(async () => mode(Player.objects.filter({})).update({ age: 1 })).rejects.toThrow(LookupError)
    await expect(async () => mode(Player.objects.exclude({})).delete()).rejects.toThrow(LookupError)
    await expect(async () => mode(Player.objects.filter({ age: 1 })).update({})).rejects.toThrow(LookupError)
    expect(await mode(all).count()).toBe(5)
  })

  test('awaiting a queryset loads its documents', async () => {
    expect(names(await all)).toEqual(['Ann', 'Bob', 'Cid', 'Dan', 'eve %'])
  })

  test('using() chooses the connection', async () => {
    expect(await mode(Player.objects.using(place.connection)).count()).toBe(5)
    expect(() => Player.objects.using('no such connection').allSync()).toThrow(
      'no connection named "no such connection"',
    )
  })
})
