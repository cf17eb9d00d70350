import { expect, test } from '@jest/globals'
import {
  Access,
  AuthenticationError,
  Collection,
  defineTables,
  defineTablesSync,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  ListField,
  StringField,
  surql,
  UniqueViolationError,
} from '../../../src/index.js'
import { everywhere } from '../../support/everywhere.js'

@Embeddable()
class Part extends EmbeddedDocument<Part>() {
  @StringField({ unique: true }) serial?: string
}

@Collection('access_note', {
  schema: 'full',
  permissions: { select: surql`owner = $auth.name OR text = ${'for "all"'}`, create: true },
})
class Note extends Document<Note>() {
  @StringField() owner?: string
  @StringField() text?: string
  @StringField({ permissions: { select: false } }) secret?: string
  @ListField(EmbeddedField(() => Part)) parts?: Part[]
}

const account = new Access('account', {
  type: 'record',
  signUp: surql`CREATE access_user SET name = $name, kind = ${'user'}`,
  signIn: surql`SELECT * FROM access_user WHERE name = $name`,
  authenticate: surql`IF $auth.name = ${'mallory'} { THROW "not you" }; RETURN $auth`,
})

everywhere(
  'a definition of who may do what',
  (place) => {
    const { mode, modeName } = place
    const define = async (overwrite = false): Promise<void> => {
      if (modeName === 'sync') defineTablesSync([account, Note], { overwrite })
      else await defineTables([account, Note], { overwrite })
    }
    const signUp = async (name: string) =>
      await mode(place.connection).signup({ access: 'account', variables: { name } })

    test('holds for those who signed in by it, and keeps its tokens when it is applied again', async () => {
      await define()
      await mode(Note).create({ owner: 'ann', text: 'mine', secret: 'x' })
      await mode(Note).create({ owner: 'bob', text: 'his' })
      await mode(Note).create({ owner: 'bob', text: 'for "all"' })
      const token = await signUp('ann')
      const seen = await mode(Note.objects.orderBy('text')).all()
      expect(seen.map(({ text, secret }) => [text, secret])).toEqual([
        ['for "all"', undefined],
        ['mine', undefined],
      ])
      expect(await mode(place.connection).query('UPDATE access_note SET text = "changed"; DELETE access_note')).toEqual(
        [[], []],
      )
      await mode(place.connection).invalidate()
      expect(await mode(Note.objects).count()).toBe(3)

      await define()
      await mode(place.connection).authenticate(token)
      expect(await mode(place.connection).query('RETURN $access')).toEqual(['account'])
      await mode(place.connection).invalidate()
      await define(true)
      await expect((async () => await mode(place.connection).authenticate(token))()).rejects.toThrow(
        AuthenticationError,
      )
      await mode(place.connection).invalidate()
    })

    test('is asked before anybody is let in', async () => {
      await expect(signUp('mallory')).rejects.toThrow('not you')
      await mode(place.connection).invalidate()
    })

    test('lets a unique index reach into the documents of a list', async () => {
      const parts = [new Part({ serial: 'a' }), new Part({ serial: 'b' })]
      await mode(Note).create({ parts })
      await expect((async () => await mode(Note).create({ parts: [new Part({ serial: 'b' })] }))()).rejects.toThrow(
        UniqueViolationError,
      )
    })
  },
  ['mem', 'ws'],
)
