import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { EventEmitter } from 'node:events'
import {
  AsyncInSyncError,
  Collection,
  ConnectionRegistry,
  Document,
  StringField,
  withConnection,
  withConnectionSync,
  type Connection,
} from '../../src/index.js'
import { inMemory } from '../support/in-memory.js'
import { MODES } from '../support/modes.js'
import { errorOf } from '../support/transact.js'

/** Each note holds the name of the connection it was meant for. */
@Collection('registry_note')
class Note extends Document<Note>() {
  @StringField() text?: string
}

@Collection('registry_own', { connection: 'registry-own' })
class Own extends Document<Own>() {
  @StringField() text?: string
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('which connection an operation uses', () => {
  const NAMES = ['default', 'ambient', 'named', 'inner', 'own'] as const
  type Name = (typeof NAMES)[number]
  let connections: Record<Name, Connection>

  beforeAll(async () => {
    const opened = await Promise.all(
      NAMES.map(async (name) => {
        const connection = inMemory(`registry-${name}`, { makeDefault: name === 'default' })
        await connection.connect()
        await Promise.all([Note, Own].map((model) => model.defineTable({ connection })))
        return [name, connection] as const
      }),
    )
    connections = Object.fromEntries(opened) as typeof connections
  })
  afterAll(() => ConnectionRegistry.closeAll())

  /** Where records with this text are stored. */
  const placesOf = async (text: string): Promise<string[]> => {
    const found: string[] = []
    for (const name of NAMES) {
      for (const model of [Note, Own]) {
        if (await model.objects.using(connections[name]).filter({ text }).exists()) found.push(name)
      }
    }
    return found
  }

  interface Case {
    readonly explicit?: 'name' | 'object'
    readonly scope?: true
    readonly transaction?: 'of the scope' | 'of the named one'
    readonly model?: true
    readonly goes: Name
    /** Whether the transaction carries it, and takes it along when it is cancelled. */
    readonly within?: true
  }

  const CASES: readonly Case[] = [
    { goes: 'default' },
    { model: true, goes: 'own' },
    { scope: true, goes: 'ambient' },
    { scope: true, model: true, goes: 'ambient' },
    { scope: true, model: true, explicit: 'name', goes: 'named' },
    { explicit: 'object', goes: 'named' },
    { model: true, explicit: 'object', goes: 'named' },
    { scope: true, transaction: 'of the scope', goes: 'ambient', within: true },
    { scope: true, transaction: 'of the scope', model: true, goes: 'ambient', within: true },
    { scope: true, transaction: 'of the scope', explicit: 'name', goes: 'named' },
    { scope: true, transaction: 'of the named one', explicit: 'name', goes: 'named', within: true },
    { scope: true, transaction: 'of the named one', explicit: 'object', goes: 'named', within: true },
    { scope: true, transaction: 'of the named one', goes: 'named', within: true },
  ]

  let count = 0
  describe.each(['async', 'sync'] as const)('%s', (modeName) => {
    const mode = MODES[modeName]
    const within = (modeName === 'async' ? withConnection : withConnectionSync) as typeof withConnection

    test.each(CASES)('%j', async (each) => {
      const text = `note ${++count}`
      const explicit = { name: 'registry-named', object: connections.named }
      const options = each.explicit ? { connection: explicit[each.explicit] } : {}
      const make = () => mode(new (each.model ? Own : Note)({ text })).save(options)
      const cancelled = new Error('cancel')
      const owner = each.transaction === 'of the scope' ? connections.ambient : connections.named
      const inTransaction = (isCancelled: boolean) =>
        modeName === 'async'
          ? owner.transaction(async () => {
              await make()
              if (isCancelled) throw cancelled
            })
          : owner.transactionSync(() => {
              void make()
              if (isCancelled) throw cancelled
            })
      const work = (isCancelled: boolean) => () => (each.transaction ? inTransaction(isCancelled) : make())
      const run = async (isCancelled: boolean) =>
        each.scope ? await within<unknown>(connections.ambient, work(isCancelled)) : await work(isCancelled)()

      if (each.transaction) {
        expect(await errorOf(run(true))).toBe(cancelled)
        expect(await placesOf(text)).toEqual(each.within ? [] : [each.goes])
        if (!each.within) return
      }
      await run(false)
      expect(await placesOf(text)).toEqual([each.goes])
    })
  })

  const nameNow = async (): Promise<string> =>
    (await placesOf((await Note.create({ text: `now ${++count}` })).text!))[0]!
  const nameNowSync = (): string => {
    const note = Note.createSync({ text: 'now' })
    const name = NAMES.find((each) => Note.existsSync(note.id, { connection: connections[each] }))!
    note.deleteSync({ connection: connections[name] })
    return name
  }

  test('scopes nest, in both modes within each other, and end with an error too', async () => {
    const seen: string[] = []
    await withConnection(connections.ambient, async () => {
      seen.push(await nameNow())
      withConnectionSync('registry-inner', () => seen.push(nameNowSync()))
      const failed = errorOf(
        withConnection('registry-inner', async () => {
          await pause(1)
          seen.push(await nameNow())
          throw new Error('inner')
        }),
      )
      expect(await failed).toMatchObject({ message: 'inner' })
      expect(() =>
        withConnectionSync('registry-inner', () => {
          throw new Error('blocking')
        }),
      ).toThrow('blocking')
      seen.push(await nameNow(), nameNowSync())
    })
    seen.push(await nameNow())
    withConnectionSync('registry-ambient', () => {
      seen.push(nameNowSync())
      // a task that begins inside keeps the scope, whatever comes after
      void withConnection('registry-inner', async () => {
        await pause(1)
      })
      seen.push(nameNowSync())
    })
    expect(seen).toEqual(['ambient', 'inner', 'inner', 'ambient', 'ambient', 'default', 'ambient', 'ambient'])
  })

  test('a scope goes along with timers, microtasks and promises, and not with listeners of somebody else', async () => {
    const emitter = new EventEmitter()
    const heard: Promise<string>[] = []
    emitter.on('call', () => heard.push(Promise.resolve(nameNowSync())))
    const seen = await withConnection(connections.ambient, async () => {
      const timer = new Promise<string>((resolve) => setTimeout(() => void nameNow().then(resolve), 2))
      const immediate = new Promise<string>((resolve) => setImmediate(() => resolve(nameNowSync())))
      const micro = new Promise<string>((resolve) => queueMicrotask(() => resolve(nameNowSync())))
      const tick = new Promise<string>((resolve) => process.nextTick(() => resolve(nameNowSync())))
      const chained = pause(1).then(nameNow)
      return await Promise.all([timer, immediate, micro, tick, chained])
    })
    expect(seen).toEqual(Array(5).fill('ambient'))
    setTimeout(() => emitter.emit('call'), 0)
    withConnectionSync(connections.inner, () => emitter.emit('call'))
    await pause(20)
    // a listener runs in the scope of whoever emits
    expect(await Promise.all(heard)).toEqual(['inner', 'default'])
  })

  test('of hundreds of tasks at the same time each keeps its own scope', async () => {
    const targets = ['ambient', 'inner', 'named', 'own', 'default'] as const
    const tasks = Array.from({ length: 300 }, async (_, index) => {
      const [first, second] = [targets[index % 5]!, targets[(index * 3 + 1) % 5]!]
      const write = async (where: string) => {
        await pause(index % 4)
        await Note.create({ text: `task ${where}` })
      }
      await pause(index % 3)
      await withConnection(connections[first], async () => {
        await write(first)
        await withConnection(connections[second], () => write(second))
        await write(first)
      })
      if (index % 10 === 0) await write('default')
    })
    await Promise.all(tasks)
    for (const target of targets) {
      const notes = await Note.objects.using(connections[target]).filter({ text__startswith: 'task ' }).all()
      expect(new Set(notes.map(({ text }) => text))).toEqual(new Set([`task ${target}`]))
    }
    const counts = targets.map((target) =>
      Note.objects
        .using(connections[target])
        .filter({ text: `task ${target}` })
        .count(),
    )
    expect((await Promise.all(counts)).reduce((sum, each) => sum + each, 0)).toBe(930)
  })

  test('what withConnection gives back is asked for inside of the scope, a queryset too', async () => {
    await Note.create({ text: 'lazy' }, { connection: connections.inner })
    const found = await withConnection(connections.inner, () => Note.objects.filter({ text: 'lazy' }))
    expect(found).toHaveLength(1)
    expect(() => withConnectionSync(connections.inner, () => Note.objects.filter({ text: 'lazy' }))).toThrow(
      AsyncInSyncError,
    )
    expect(() => withConnectionSync(connections.inner, () => Promise.reject(new Error('lost')))).toThrow(
      AsyncInSyncError,
    )
  })

  test('a connection that is not there is an error before anything runs', async () => {
    let runs = 0
    const work = () => void runs++
    expect(await errorOf(withConnection('registry-none', work))).toMatchObject({ code: 'CONNECTION_NOT_FOUND' })
    expect(() => withConnectionSync('registry-none', work)).toThrow(/registry-none/)
    expect(await errorOf(Note.create({ text: 'x' }, { connection: 'registry-none' }))).toMatchObject({
      code: 'CONNECTION_NOT_FOUND',
    })
    expect(() => Note.objects.using('registry-none').countSync()).toThrow(/registry-none/)
    expect(runs).toBe(0)
  })

  test('a scope of a transaction is a part of it', async () => {
    const error = await errorOf(
      connections.named.transaction(async (tx) => {
        await withConnection(connections.ambient, () =>
          withConnection(tx, async () => {
            await Note.create({ text: 'scoped' })
            expect(await Note.objects.filter({ text: 'scoped' }).count()).toBe(1)
          }),
        )
        throw new Error('cancel')
      }),
    )
    expect(error).toMatchObject({ message: 'cancel' })
    expect(await placesOf('scoped')).toEqual([])
  })
})
