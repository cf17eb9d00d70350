import { beforeAll, expect, test } from '@jest/globals'
import {
  Access,
  AsyncInSyncError,
  BytesField,
  ChoiceField,
  Collection,
  DateTimeField,
  defineTables,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  SchemaError,
  StringField,
  surql,
  UniqueViolationError,
  ValidationError,
} from '../../../src/index.js'
import { errorOf } from '../../support/error-of.js'
import { everywhere } from '../../support/everywhere.js'

const asked: unknown[] = []
let made = 0

@Embeddable()
class Part extends EmbeddedDocument<Part>() {
  @StringField({ dbField: 'the part`s name', hidden: true }) name?: string
  @IntField({ max: 5, validators: [(size) => size !== 3 || 'is never 3'] }) size?: number
}

@Collection('options_thing', { schema: 'full', permissions: 'full' })
class Thing extends Document<Thing>() {
  @StringField({ required: true, dbField: 'the `odd` name' }) name!: string
  @IntField({ dbField: 'how much', default: 1 }) amount!: number
  @IntField({ default: () => ++made }) serial!: number
  @StringField({ default: surql`string::uppercase(${'new'})` }) state?: string
  @DateTimeField({ default: surql`time::now()`, readonly: true }) created?: Date
  @StringField({ readonly: true }) code?: string
  @StringField({ unique: true, dbField: 'e-mail' }) email?: string
  @IntField({ index: true }) rank?: number
  @StringField({ value: surql`string::lowercase($value ?? ${''})` }) tag?: string
  @IntField({ assert: surql`$value = NONE OR $value % ${2} = 0` }) even?: number
  @StringField({ computed: surql`tag + ${'!'}` }) readonly loud?: string
  @StringField({ comment: "it's a `word`" }) noted?: string
  @StringField({ permissions: { select: false, update: surql`$auth = NONE` } }) secret?: string
  @StringField({ hidden: true }) password?: string
  @StringField({ minLength: 2, maxLength: 3, pattern: /^a/ }) short?: string
  @StringField({ length: 2 }) exact?: string
  @BytesField({ minLength: 1, maxLength: 2 }) bytes?: Uint8Array
  @ChoiceField(['x', 'y']) choice?: 'x' | 'y'
  @StringField({ choices: ['p', 'q'] }) letter?: string
  @IntField({ min: 1, max: 9, coerce: true }) digit?: number
  @ListField(IntField({ min: 0 }), { minLength: 1, maxLength: 2 }) list?: number[]
  @ListField(StringField({ validators: [(text) => text !== 'bad'] })) words?: string[]
  @EmbeddedField(() => Part) part?: Part
  @StringField({
    maxLength: 5,
    validators: [(text) => void asked.push(text), (text) => (text === 'no' ? 'is no' : null)],
  })
  checked?: string
}

@Collection('options_slow')
class Slow extends Document<Slow>() {
  @StringField({ validators: [async (text) => (await Promise.resolve(text)) !== 'no' || 'is no'] }) name?: string
  @ListField(StringField({ validators: [async (text) => (await Promise.resolve(text)) !== 'no'] })) list?: string[]
}

@Collection('options_user', { schema: 'full', permissions: 'full' })
class User extends Document<User>() {
  @StringField() name?: string
}

const users = new Access('options_users', {
  type: 'record',
  signUp: surql`CREATE options_user SET name = $name`,
  signIn: surql`SELECT * FROM options_user WHERE name = $name`,
})

everywhere(
  'the options of fields',
  (place) => {
    const { mode } = place
    beforeAll(async () => {
      await defineTables([Thing, Slow, User, users])
    })
    const create = async (fields: object): Promise<Thing> => await mode(Thing).create({ name: 'x', ...fields } as never)
    const issuesOf = async (run: () => unknown) => {
      const error = await errorOf(run)
      expect(error).toBeInstanceOf(ValidationError)
      return (error as ValidationError).issues.map(({ path }) => path.join('.'))
    }
    const stored = async ({ id }: Thing) =>
      ((await mode(place.connection).query('SELECT * FROM ONLY $id', { id })) as [Record<string, unknown>])[0]

    test('required, and a default that is a value, a function or an expression', async () => {
      expect(await issuesOf(() => mode(Thing).create({} as never))).toEqual(['name'])
      const before = made
      const [one, two] = [await create({}), await create({ amount: 7, serial: 70, state: 'old' })]
      expect(one).toMatchObject({ amount: 1, serial: before + 1, state: 'NEW', created: expect.any(Date) })
      expect(two).toMatchObject({ amount: 7, serial: 70, state: 'old' })
      expect(await mode(Thing).get(one.id)).toEqual(one)
      const bulk = await mode(Thing.objects).bulkCreate([{ name: 'a' }, { name: 'b', amount: 3 }])
      expect(bulk.map(({ amount, state }) => [amount, state])).toEqual([
        [1, 'NEW'],
        [3, 'NEW'],
      ])
    })

    test('dbField, in whatever is asked and written', async () => {
      const thing = await create({ name: 'field', amount: 5, part: new Part({ name: 'p' }) })
      const row = await stored(thing)
      expect(row).toMatchObject({ 'the `odd` name': 'field', 'how much': 5, part: { 'the part`s name': 'p' } })
      expect(row).not.toHaveProperty('name')
      const mine = Thing.objects.filter({ name: 'field', amount__gte: 5, part__name: 'p' })
      expect((await mode(mine).get()).equals(thing)).toBe(true)
      expect(await mode(mine.where((each) => each.amount.eq(5))).count()).toBe(1)
      await create({ name: 'field', amount: 6, part: new Part({ name: 'p' }) })
      expect((await mode(mine.orderBy('-amount')).all()).map(({ amount }) => amount)).toEqual([6, 5])
      expect((await mode(mine.orderBy('-amount').only('amount')).all()).map(({ amount }) => amount)).toEqual([6, 5])
      expect(await mode(mine.orderBy('amount').values('name', 'amount')).all()).toMatchObject([
        { name: 'field', amount: 5 },
        { name: 'field', amount: 6 },
      ])
      expect(await mode(mine.orderBy('amount').pluck('amount')).all()).toEqual([5, 6])
      expect(
        (await mode(mine.omit('amount')).all()).map((each) => 'amount' in each && each.amount !== undefined),
      ).toEqual([false, false])
      expect(await mode(mine).sum('amount')).toBe(11)
      expect(await mode(mine.filter({ amount: 6 })).update({ amount: 8 })).toBe(1)
      expect(await mode(mine).max('amount')).toBe(8)
      await mode(thing).update({ name: 'new', part: new Part({ name: 'q' }) })
      expect(await stored(thing)).toMatchObject({ 'the `odd` name': 'new', part: { 'the part`s name': 'q' } })
      expect(thing.toJSON()).toMatchObject({ name: 'new', amount: 5 })
    })

    test('readonly: the first value stays, here and in the database', async () => {
      const thing = await create({ code: 'c' })
      thing.code = 'd'
      expect(await issuesOf(() => mode(thing).save())).toEqual(['code'])
      thing.revert()
      expect(await issuesOf(() => mode(thing).update({ created: new Date() }))).toEqual(['created'])
      expect(await issuesOf(() => mode(Thing.objects.allowAll()).update({ code: 'd' }))).toEqual(['code'])
      expect(
        await errorOf(() => mode(place.connection).query('UPDATE $id SET code = "d"', { id: thing.id })),
      ).toBeInstanceOf(SchemaError)
      expect((await stored(thing))['code']).toBe('c')
    })

    test('unique and index', async () => {
      await create({ email: 'a@b' })
      const again = await errorOf(() => create({ email: 'a@b' }))
      expect(again).toBeInstanceOf(UniqueViolationError)
      await create({})
      await create({ rank: 3 })
      expect((await mode(Thing.objects.filter({ rank: 3 })).explain()).indexes).toEqual(['options_thing_rank_index'])
    })

    test('value, assert and computed are of the database', async () => {
      const thing = await create({ tag: 'LOUD', even: 4 })
      expect(thing).toMatchObject({ tag: 'loud', loud: 'loud!', even: 4 })
      await mode(thing).update({ tag: 'ÄB' })
      expect(thing).toMatchObject({ tag: 'äb', loud: 'äb!' })
      expect(await errorOf(() => mode(thing).update({ even: 5 }))).toMatchObject({
        constructor: SchemaError,
        field: 'even',
      })
      expect(await errorOf(() => create({ even: 1 }))).toBeInstanceOf(SchemaError)
      expect((await stored(thing))['even']).toBe(4)
      expect(await issuesOf(() => create({ loud: 'x' }))).toEqual(['loud'])
    })

    test('comment is in the schema, and hidden is left out of JSON alone', async () => {
      const [{ fields }] = (await mode(place.connection).query('INFO FOR TABLE options_thing')) as [
        { fields: Record<string, string> },
      ]
      expect(fields['noted']).toContain('COMMENT "it\'s a `word`"')
      const thing = await create({ password: 'p', part: new Part({ name: 'n', size: 1 }) })
      expect(thing.toJSON()).not.toHaveProperty('password')
      expect(thing.toJSON()).toMatchObject({ part: { size: 1 } })
      expect(JSON.stringify(thing)).not.toContain('"n"')
      expect(thing.toObject()).toMatchObject({ password: 'p', part: { name: 'n' } })
      expect(await mode(Thing).get(thing.id)).toMatchObject({ password: 'p' })
    })

    test('permissions hide a field from those who sign in, and keep them from changing it', async () => {
      const thing = await create({ secret: 's' })
      expect((await mode(Thing).get(thing.id)).secret).toBe('s')
      const { connection } = place
      await mode(connection).signup({ access: 'options_users', variables: { name: 'ann' } } as never)
      const seen = await mode(Thing).get(thing.id)
      expect([seen.name, seen.secret]).toEqual(['x', undefined])
      await mode(connection).query('UPDATE $id SET secret = "mine"', { id: thing.id })
      await mode(connection).invalidate()
      if (place.scheme === 'ws') await mode(connection).signin({ username: 'root', password: 'root' })
      expect((await mode(Thing).get(thing.id)).secret).toBe('s')
    })

    test('limits, lengths, patterns and choices', async () => {
      const wrong = {
        ...{ short: 'b', exact: 'abc', bytes: new Uint8Array(3), choice: 'z' as never, letter: 'r', digit: 0 },
        ...{ list: [1, -1], part: new Part({ size: 6 }), words: ['good', 'bad'] },
      }
      const paths = ['short', 'exact', 'bytes', 'choice', 'letter', 'digit', 'list.1', 'words.1', 'part.size']
      expect([...new Set(await issuesOf(() => create(wrong)))]).toEqual(paths)
      expect(await issuesOf(() => create({ list: [] }))).toEqual(['list'])
      const right = {
        ...{ short: 'abc', exact: 'ab', bytes: new Uint8Array(2), choice: 'x', letter: 'q', digit: 9, list: [0] },
        ...{ part: new Part({ size: 5 }), words: ['good'] },
      }
      const thing = await create(right)
      expect(await mode(Thing).get(thing.id)).toMatchObject(right)
      for (const [name, value] of Object.entries(wrong))
        expect(
          await issuesOf(() => mode(Thing.objects.filter({ id: thing.id })).update({ [name]: value } as never)),
        ).not.toEqual([])
    })

    test('validators are asked behind the checks of the field itself, at each write', async () => {
      asked.length = 0
      expect(await issuesOf(() => create({ checked: 'too long' }))).toEqual(['checked'])
      expect(asked).toEqual([])
      const error = await errorOf(() => create({ checked: 'no' }))
      expect(error).toMatchObject({ issues: [{ path: ['checked'], message: 'is no' }] })
      const thing = await create({ checked: 'yes' })
      expect(asked).toEqual(['no', 'yes'])
      expect(await issuesOf(() => mode(thing).update({ checked: 'no' }))).toEqual(['checked'])
      expect(await issuesOf(() => mode(Thing.objects.allowAll()).update({ checked: 'no' }))).toEqual(['checked'])
      expect(await errorOf(() => create({ part: new Part({ size: 3 }) }))).toMatchObject({
        issues: [{ path: ['part', 'size'], message: 'is never 3' }],
      })
    })

    test('validators may be asynchronous, in async mode', async () => {
      const writes = [
        () => mode(Slow).create({ name: 'no' }),
        () => mode(Slow).create({ list: ['yes', 'no'] }),
        () => mode(Slow.objects.allowAll()).update({ name: 'no' }),
        () => mode(Slow.objects).bulkCreate([{ name: 'no' }]),
      ]
      const paths = [['name'], ['list', 1], ['name'], [0, 'name']]
      for (const [index, write] of writes.entries()) {
        const error = await errorOf(write)
        if (place.modeName === 'sync') expect(error).toBeInstanceOf(AsyncInSyncError)
        else expect(error).toMatchObject({ constructor: ValidationError, issues: [{ path: paths[index] }] })
      }
      if (place.modeName === 'async') expect((await mode(Slow).create({ name: 'yes', list: ['a'] })).name).toBe('yes')
      expect(await mode(Slow.objects).count()).toBe(place.modeName === 'async' ? 1 : 0)
    })

    test('coerce, in what is written and what is asked', async () => {
      const thing = await create({ name: 'coerced', digit: '7' as never })
      expect(thing.digit).toBe(7)
      expect((await stored(thing))['digit']).toBe(7)
      const mine = Thing.objects.filter({ name: 'coerced' })
      expect(await mode(mine.filter({ digit: '7' as never, digit__in: ['7' as never] })).count()).toBe(1)
      expect(await mode(mine).update({ digit: '8' as never })).toBe(1)
      await mode(thing).refresh()
      expect(thing.digit).toBe(8)
      thing.digit = '8' as never
      await mode(thing).save()
      expect(thing.digit).toBe(8)
      expect(await issuesOf(() => mode(thing).update({ digit: 'seven' as never }))).toEqual(['digit'])
      expect(await issuesOf(() => create({ amount: '7' as never }))).toEqual(['amount'])
    })
  },
  ['mem', 'ws'],
)
