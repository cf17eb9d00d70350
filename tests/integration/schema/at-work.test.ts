import { expect, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import {
  Access,
  AuthenticationError,
  defineTables,
  defineTablesSync,
  IntField,
  ListField,
  ReferenceField,
  schemaDiff,
  SchemaError,
  StringField,
  surql,
  type CollectionOptions,
  type FieldDecorator,
  type ModelLike,
} from '../../../src/index.js'
import type { DefinedObject } from '../../../src/schema/defined-object.js'
import { everywhere, type Place } from '../../support/everywhere.js'
import { modelOf as untyped } from '../../support/fields/model-of.js'

const modelOf = (table: string, fields: object, options?: CollectionOptions) =>
  untyped(table, fields as Readonly<Record<string, FieldDecorator<never>>>, options)

const History = modelOf(
  'work_history',
  { name: StringField() },
  { changefeed: { expiry: '1h', includeOriginal: true } },
)
const Draft = modelOf(
  'work_draft',
  {
    state: StringField({ required: true, defaultAlways: surql`${'draft'}` }),
    revision: IntField({ defaultAlways: surql`${1}` }),
    title: StringField({ default: surql`${'untitled'}` }),
  },
  { schema: 'full' },
)
const Tag = modelOf('work_tag', { name: StringField() })
const Post = modelOf(
  'work_post',
  {
    tags: ListField(
      ReferenceField(() => Tag as never, {
        onDelete: 'unset',
        comment: 'of the blog',
        assert: surql`record::id($value) != ${'secret'}`,
      }),
    ),
    first: ReferenceField(() => Tag as never, { onDelete: 'ignore' }),
  },
  { schema: 'full' },
)
const Robot = modelOf('work_robot', { name: StringField() })

const KEY = 'a key that nobody guesses, of 64 characters: 0123456789abcdefghi'
const partner = new Access('work partner', { type: 'jwt', algorithm: 'HS256', key: KEY })
const robots = new Access('work_robots', { type: 'bearer', for: 'record', duration: { grant: '1d', session: '1h' } })
const EVERYTHING: readonly (ModelLike | DefinedObject)[] = [History, Draft, Post, Tag, Robot, partner, robots]

async function define({ modeName }: Place): Promise<void> {
  if (modeName === 'sync') defineTablesSync(EVERYTHING)
  else await defineTables(EVERYTHING)
}

/** A token as somebody else signs it. */
function token({ connection }: Place, key = KEY): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    ns: connection.namespace,
    db: connection.database,
    ac: 'work partner',
    rl: ['Editor'],
    iat: now,
    nbf: now,
    exp: now + 600,
    who: 'ann',
  }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

everywhere(
  'what was defined, at work:',
  (place) => {
    const query = async (text: string, values?: Record<string, unknown>): Promise<readonly unknown[]> =>
      await place.mode(place.connection).query(text, values)
    const authenticate = async (given: string): Promise<unknown> =>
      await place.mode(place.connection).authenticate(given)

    test('a changefeed keeps what happened', async () => {
      await define(place)
      const made = await place.mode(History).create({ id: 'a', name: 'Ann' } as never)
      made['name'] = 'Anna'
      await place.mode(made).save()
      await place.mode(made).delete()
      const [feed] = (await query('SHOW CHANGES FOR TABLE work_history SINCE 0')) as [{ changes: object[] }[]]
      const changes = feed.flatMap((entry) => entry.changes).filter((each) => !('define_table' in each))
      expect(changes).toMatchObject([
        { update: { name: 'Ann' } },
        { current: { name: 'Anna' }, update: [{ op: 'change', path: '/name' }] },
        { delete: { id: made.id } },
      ])
    })

    test('a default at each write comes back when an update removes the value, and a default does not', async () => {
      const made = await place.mode(Draft).create({} as never)
      expect(made).toMatchObject({ state: 'draft', revision: 1, title: 'untitled' })
      Object.assign(made, { state: 'sent', revision: 2, title: 'T' })
      await place.mode(made).save()
      expect(made).toMatchObject({ state: 'sent', revision: 2, title: 'T' })
      Object.assign(made, { state: undefined, revision: undefined, title: undefined })
      await place.mode(made).save()
      expect(made).toMatchObject({ state: 'draft', revision: 1 })
      expect(made['title']).toBeUndefined()
      // null is a value
      made['revision'] = null
      await place.mode(made).save()
      expect(made['revision']).toBeNull()
    })

    test('links in a list are watched, and have options of their own', async () => {
      const [a, b, secret] = await Promise.all(
        ['a', 'b', 'secret'].map(async (id) => await place.mode(Tag).create({ id } as never)),
      )
      const post = await place.mode(Post).create({ tags: [a, b], first: a } as never)
      await expect((async () => await place.mode(Post).create({ tags: [secret] } as never))()).rejects.toThrow(
        SchemaError,
      )
      const gone = a!.id
      await place.mode(a!).delete()
      await place.mode(post).refresh()
      expect(post).toMatchObject({ tags: [b!.id], first: gone })
    })

    test('a token that somebody else signed lets in, and one with another key does not', async () => {
      await authenticate(token(place))
      expect(await query('RETURN [$access, $token.who]')).toEqual([['work partner', 'ann']])
      await place.mode(place.connection).invalidate()
      await expect(authenticate(token(place, '[REDACTED]'))).rejects.toThrow(AuthenticationError)
      await place.mode(place.connection).invalidate()
    })

    test('applying a difference keeps the key of an access', async () => {
      const diff = async () => await schemaDiff(place.connection, EVERYTHING)
      await query('REMOVE ACCESS `work partner` ON DATABASE')
      const { differences, apply } = await diff()
      expect(differences).toMatchObject([{ kind: 'access', name: 'work partner', change: 'missing' }])
      await query(apply)
      expect((await diff()).differences).toEqual([])
      await authenticate(token(place))
      await place.mode(place.connection).invalidate()
      await expect(authenticate(token(place, '[REDACTED]'))).rejects.toThrow(AuthenticationError)
      await place.mode(place.connection).invalidate()
    })

    test('a grant lets a record in', async () => {
      const robot = await place.mode(Robot).create({ id: 'r2', name: 'R2' } as never)
      const [{ grant }] = (await query('ACCESS work_robots GRANT FOR RECORD work_robot:r2')) as [
        { grant: { key: string } },
      ]
      await place.mode(place.connection).signin({ access: 'work_robots', key: grant.key })
      expect(await query('RETURN [$access, $auth]')).toEqual([['work_robots', robot.id]])
      await place.mode(place.connection).invalidate()
      const wrong = async (): Promise<unknown> =>
        await place.mode(place.connection).signin({ access: 'work_robots', key: `${grant.key.slice(0, -1)}-` })
      await expect(wrong()).rejects.toThrow(AuthenticationError)
      await place.mode(place.connection).invalidate()
    })
  },
  ['mem', 'ws'],
)
