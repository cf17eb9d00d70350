import { expect, test } from '@jest/globals'
import {
  Collection,
  Count,
  DateTimeField,
  Document,
  DoesNotExistError,
  IntField,
  ListField,
  LookupError,
  NotSavedError,
  type Ref,
  ReferenceField,
  SoftDelete,
  StaleDocumentError,
  StringField,
  type SurrealEngineError,
  Timestamps,
  Versioned,
} from '../../../src/index.js'
import { everywhere, type Place } from '../../support/everywhere.js'
import { errorOf } from '../../support/error-of.js'

@Collection('mixins_post')
class Post extends Timestamps(Document<Post>()) {
  @StringField() title?: string
}

@Collection('mixins_note', { schema: 'full' })
class Note extends SoftDelete(Document<Note>()) {
  @StringField() text?: string
}

@Collection('mixins_reader')
class Reader extends Document<Reader>() {
  @ListField(ReferenceField(() => Note)) notes?: Ref<Note>[]
}

@Collection('mixins_account')
class Account extends Versioned(Document<Account>()) {
  @IntField() balance?: number
}

@Collection('mixins_all', { schema: 'full' })
class Everything extends Versioned(SoftDelete(Timestamps(Document<Everything>()))) {
  @StringField() name?: string
  @DateTimeField({ dbField: 'made_at' }) override createdAt!: Date
}

@Collection({ abstract: true })
class Base extends SoftDelete(Document<Base>()) {
  @StringField() code?: string
}

@Collection('mixins_inheriting')
class Inheriting extends Timestamps(Base.extend<Inheriting>()) {
  @StringField() name?: string
}

const EARLY = new Date('2001-02-03T04:05:06Z')

/** Calls that block are one at a time. */
function manyAtOnce(place: Place): void {
  test('one write of each version succeeds, and the others are told', async () => {
    const account = await Account.create({ balance: 1 })
    const copies = await Promise.all([1, 2, 3, 4, 5].map(() => Account.get(account.id)))
    const results = await Promise.allSettled(copies.map((copy, index) => copy.update({ balance: index + 10 })))
    const refused = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as SurrealEngineError] : [],
    )
    expect(refused).toHaveLength(4)
    for (const error of refused) expect(['STALE_DOCUMENT', 'TRANSACTION_CONFLICT']).toContain(error.code)
    await account.refresh()
    expect(account.version).toBe(2)
  })

  test('transactions that are run again count each write once', async () => {
    const { id } = await Account.create({ balance: 0 })
    const add = async (): Promise<void> => {
      const account = await Account.get(id)
      await account.update({ balance: account.balance! + 1 })
    }
    await Promise.all([1, 2, 3, 4].map(() => place.connection.transaction(add, { retries: 50 })))
    expect(await Account.get(id)).toMatchObject({ balance: 4, version: 5 })
  })

  test('the mark of a deletion goes back with a transaction', async () => {
    const note = await Note.create({ text: 'x' })
    const cancelled = new Error('cancelled')
    const run = place.connection.transaction(async () => {
      await note.delete()
      expect(await Note.exists(note.id)).toBe(false)
      throw cancelled
    })
    await expect(run).rejects.toBe(cancelled)
    expect(note.deletedAt).toBeUndefined()
    await note.delete()
    expect(await Note.exists(note.id)).toBe(false)
  })
}

everywhere(
  'timestamps',
  ({ mode }) => {
    test('are set by each save that writes', async () => {
      const before = Date.now()
      const post = await mode(Post).create({ title: 'a' })
      expect(post.createdAt.getTime()).toBeGreaterThanOrEqual(before)
      expect(post.updatedAt).toEqual(post.createdAt)
      expect(post.isDirty).toBe(false)
      const { createdAt, updatedAt } = post
      await mode(post).save()
      expect(post.updatedAt).toEqual(updatedAt)
      await new Promise((resolve) => setTimeout(resolve, 2))
      await mode(post).update({ title: 'b' })
      expect(post.createdAt).toEqual(createdAt)
      expect(post.updatedAt.getTime()).toBeGreaterThan(updatedAt.getTime())
      const loaded = await mode(Post).get(post.id)
      expect(loaded.toObject()).toEqual(post.toObject())
    })

    test('a creation that is given stays', async () => {
      const post = await mode(Post).create({ createdAt: EARLY })
      expect(post.createdAt).toEqual(EARLY)
      expect(post.updatedAt.getTime()).toBeGreaterThan(EARLY.getTime())
    })

    test('are set by bulkCreate and by update of a queryset', async () => {
      const [first, second] = await mode(Post.objects).bulkCreate([
        { title: 'bulk' },
        { title: 'bulk', createdAt: EARLY },
      ])
      expect(second!.createdAt).toEqual(EARLY)
      expect(first!.createdAt).toEqual(first!.updatedAt)
      await new Promise((resolve) => setTimeout(resolve, 2))
      expect(await mode(Post.objects.filter({ title: 'bulk' })).update({ title: 'bulk 2' })).toBe(2)
      const loaded = await mode(Post).get(first!.id)
      expect(loaded.createdAt).toEqual(first!.createdAt)
      expect(loaded.updatedAt.getTime()).toBeGreaterThan(first!.updatedAt.getTime())
      await mode(Post.objects.filter({ title: 'bulk 2' })).update({ updatedAt: EARLY })
      expect((await mode(Post).get(first!.id)).updatedAt).toEqual(EARLY)
    })
  },
  ['mem', 'ws'],
)

everywhere(
  'soft deletion',
  ({ mode }) => {
    const fresh = async (): Promise<[Note, Note]> => {
      await mode(Note).defineTable()
      await mode(Note.objects.withDeleted().allowAll()).hardDelete()
      const [kept, gone] = await mode(Note.objects).bulkCreate([{ text: 'kept' }, { text: 'gone' }])
      await mode(gone!).delete()
      return [kept!, gone!]
    }

    test('marks the record, and no query sees it', async () => {
      const [kept, gone] = await fresh()
      expect(gone.deletedAt).toBeInstanceOf(Date)
      expect(await mode(Note.objects).all()).toEqual([kept])
      expect(await mode(Note.objects.filter({ text: 'gone' })).first()).toBeNull()
      expect(await mode(Note.objects).get()).toEqual(kept)
      expect(await mode(Note.objects).count()).toBe(1)
      expect(await mode(Note.objects.limit(5)).count()).toBe(1)
      expect(await mode(Note.objects.filter({ text: 'gone' })).exists()).toBe(false)
      expect(await mode(Note.objects.exclude({ text: 'kept' })).all()).toEqual([])
      expect(await mode(Note.objects.allowAll()).update({ text: 'x' })).toBe(1)
      expect(await mode(Note.objects.filter({ text: 'gone' })).delete()).toBe(0)
      expect(await mode(Note).exists(gone.id)).toBe(false)
      expect(await mode(Note).exists(kept.id)).toBe(true)
      expect(await mode(Note).getOrNull(gone.id)).toBeNull()
      expect(await errorOf(() => mode(Note).get(gone.id))).toBeInstanceOf(DoesNotExistError)
    })

    test('no other way to ask sees it either', async () => {
      const [kept, gone] = await fresh()
      const { objects } = Note
      const ids = (notes: readonly (Note | undefined)[]) => notes.map((note) => String(note?.id))
      const only = [String(kept.id)]
      expect(ids((await mode(objects).paginate({ page: 1, perPage: 5 })).items)).toEqual(only)
      expect((await mode(objects).paginate({ page: 1, perPage: 5 })).total).toBe(1)
      expect(ids((await mode(objects.orderBy('id')).cursor({ first: 5 })).items)).toEqual(only)
      expect(ids([...objects.iterateSync()])).toEqual(only)
      expect(await mode(objects.pluck('text')).all()).toEqual(['kept'])
      expect(await mode(objects.values('text')).all()).toMatchObject([{ text: 'kept' }])
      expect(await mode(objects.groupBy('text').aggregate({ notes: Count() })).all()).toMatchObject([
        { text: 'kept', notes: 1 },
      ])
      expect(await mode(objects).max('text')).toBe('kept')
      expect(await mode(objects.values('text')).toColumns()).toMatchObject({ text: ['kept'] })
      expect([...(await mode(objects).inBulk([kept.id, gone.id])).values()].map(({ text }) => text)).toEqual(['kept'])
      expect(
        ids([
          (await mode(objects.orderBy('-text')).first()) ?? undefined,
          (await mode(objects.orderBy('text')).last()) ?? undefined,
        ]),
      ).toEqual([...only, ...only])
      await mode(Reader).create({ id: 'ann', notes: [kept, gone] })
      const [reader] = await mode(Reader.objects.prefetch('notes')).all()
      expect(reader!.notes!.filter((note) => note instanceof Note)).toEqual([kept])
      expect(await mode(Reader.objects.allowAll()).delete()).toBe(1)
    })

    test('those that are marked can be asked for', async () => {
      const [kept, gone] = await fresh()
      expect(await mode(Note.objects.onlyDeleted()).all()).toEqual([gone])
      expect(await mode(Note.objects.withDeleted()).count()).toBe(2)
      expect(await mode(Note.objects.filter({ text: 'gone' }).withDeleted()).get()).toEqual(gone)
      expect(await mode(Note.objects.onlyDeleted().filter({ text: kept.text! })).exists()).toBe(false)
      await mode(gone).refresh()
      expect(gone.deletedAt).toBeInstanceOf(Date)
    })

    test('can be taken back, by document and by query', async () => {
      const [kept, gone] = await fresh()
      await mode(gone).restore()
      expect(gone.deletedAt).toBeUndefined()
      expect(await mode(Note.objects).count()).toBe(2)
      await mode(kept).restore()
      expect(await mode(Note.objects.allowAll()).delete()).toBe(2)
      expect(await mode(Note.objects).count()).toBe(0)
      expect(await mode(Note.objects.filter({ text: 'kept' })).restore()).toBe(1)
      expect(await mode(Note.objects).get()).toEqual(kept)
    })

    test('hardDelete deletes for good', async () => {
      const [kept, gone] = await fresh()
      await mode(gone).hardDelete()
      expect(await mode(Note.objects.withDeleted()).all()).toEqual([kept])
      expect(await mode(Note.objects.filter({ text: 'kept' })).hardDelete()).toBe(1)
      expect(await mode(Note.objects.withDeleted()).count()).toBe(0)
      expect(await errorOf(() => mode(kept).delete())).toBeInstanceOf(DoesNotExistError)
    })

    test('keeps what was not saved, and refuses what cannot be', async () => {
      const [kept, gone] = await fresh()
      kept.text = 'changed'
      await mode(kept).delete()
      expect(kept.changes()).toEqual({ text: { before: 'kept', after: 'changed' } })
      expect(await errorOf(() => mode(gone).delete())).toMatchObject({ code: 'DOCUMENT_DELETED' })
      expect(await errorOf(() => mode(new Note()).restore())).toBeInstanceOf(NotSavedError)
      expect(await errorOf(() => mode(new Note()).delete())).toBeInstanceOf(NotSavedError)
      expect(await errorOf(() => mode(Note.objects).delete())).toMatchObject({ code: 'UNFILTERED_WRITE' })
      expect(await errorOf(() => mode(Note.objects).hardDelete())).toMatchObject({ code: 'UNFILTERED_WRITE' })
      const posts = Post.objects as unknown as typeof Note.objects
      expect(await errorOf(async () => posts.withDeleted())).toBeInstanceOf(LookupError)
      expect(await errorOf(() => mode(posts).restore())).toBeInstanceOf(LookupError)
    })
  },
  ['mem', 'ws'],
)

everywhere(
  'versions',
  (place) => {
    const { mode } = place
    if (place.modeName === 'async') manyAtOnce(place)

    test('count up with each write', async () => {
      const account = await mode(Account).create({ balance: 1 })
      expect(account.version).toBe(1)
      await mode(account).update({ balance: 2 })
      expect(account.version).toBe(2)
      await mode(account).save()
      expect(account.version).toBe(2)
      await mode(Account.objects.filter({ id: account.id })).update({ balance: 3 })
      await mode(account).refresh()
      expect(account).toMatchObject({ version: 3, balance: 3 })
      const [bulk] = await mode(Account.objects).bulkCreate([{ balance: 0 }])
      expect(bulk!.version).toBe(1)
    })

    test('a write of what somebody else changed is refused', async () => {
      const account = await mode(Account).create({ balance: 1 })
      const other = await mode(Account).get(account.id)
      await mode(other).update({ balance: 5 })
      const error = await errorOf(() => mode(account).update({ balance: 2 }))
      expect(error).toBeInstanceOf(StaleDocumentError)
      expect(error).toMatchObject({ code: 'STALE_DOCUMENT', isRetryable: false })
      expect(account).toMatchObject({ version: 1, balance: 2, isDirty: true })
      expect(await errorOf(() => mode(account).delete())).toBeInstanceOf(StaleDocumentError)
      expect(await mode(Account).get(account.id)).toMatchObject({ version: 2, balance: 5 })
      await mode(account).refresh()
      await mode(account).update({ balance: 6 })
      expect(account.version).toBe(3)
      await mode(account).delete()
      expect(await mode(Account).exists(account.id)).toBe(false)
      expect(await errorOf(() => mode(other).update({ balance: 7 }))).toBeInstanceOf(StaleDocumentError)
    })

    test('a record that has none yet gets one', async () => {
      await mode(place.connection).query('CREATE mixins_account:old SET balance = 1')
      const account = await mode(Account).get('old')
      await mode(account).update({ balance: 2 })
      expect(account.version).toBe(1)
      await mode(place.connection).query('CREATE mixins_account:older SET balance = 1')
      await mode(Account.objects.filter({ id: 'older' })).update({ balance: 2 })
      expect((await mode(Account).get('older')).version).toBe(1)
    })

    test('are put back when a transaction is cancelled', async () => {
      const account = await mode(Account).create({ balance: 1 })
      const cancelled = new Error('cancelled')
      const error = await errorOf(async () =>
        place.modeName === 'async'
          ? place.connection.transaction(async () => {
              await account.update({ balance: 2 })
              expect(account.version).toBe(2)
              throw cancelled
            })
          : place.connection.transactionSync(() => {
              account.updateSync({ balance: 2 })
              expect(account.version).toBe(2)
              throw cancelled
            }),
      )
      expect(error).toBe(cancelled)
      expect(account.version).toBe(1)
      account.balance = 3
      await mode(account).save()
      expect(account.version).toBe(2)
    })
  },
  ['mem', 'ws'],
)

everywhere(
  'mixins together',
  ({ mode }) => {
    test('each does its part', async () => {
      await mode(Everything).defineTable()
      const document = await mode(Everything).create({ name: 'a' })
      expect(document).toMatchObject({ version: 1, updatedAt: document.createdAt })
      await mode(document).delete()
      expect(document.version).toBe(2)
      expect(document.updatedAt.getTime()).toBeGreaterThanOrEqual(document.createdAt.getTime())
      expect(await mode(Everything.objects).count()).toBe(0)
      const other = await mode(Everything.objects.onlyDeleted()).get()
      await mode(other).restore()
      expect(await errorOf(() => mode(document).restore())).toBeInstanceOf(StaleDocumentError)
      expect((await mode(Everything).get(document.id)).version).toBe(3)
      expect(Everything.defineStatements()).toContain('`made_at`')
    })

    test('on an abstract base, and inherited from it', async () => {
      const document = await mode(Inheriting).create({ name: 'a', code: 'c' })
      expect(document.createdAt).toBeInstanceOf(Date)
      await mode(document).delete()
      expect(await mode(Inheriting).exists(document.id)).toBe(false)
      expect(document).toMatchObject({ name: 'a', code: 'c' })
    })
  },
  ['mem', 'ws'],
)
