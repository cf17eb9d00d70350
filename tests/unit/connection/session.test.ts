import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { isRefusal, Session } from '../../../src/connection/bridge/host/lanes/session.js'
import type { LinkReply } from '../../../src/connection/bridge/link.js'
import { encode } from '../../support/server/rpc-reply.js'
import { ACCEPTED, callOf, LOST, REFUSED, ScriptedChannel } from './scripted-channel.js'

let session: Session
let channel: ScriptedChannel

beforeEach(() => {
  jest.useFakeTimers()
  session = new Session(1000)
  channel = new ScriptedChannel()
})

afterEach(() => {
  jest.useRealTimers()
})

/** Calls of the session, as the first channel made them. */
async function made(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await session.execute(channel, callOf(`${key}-1`, key))
}

describe('a channel that is new to the session', () => {
  it('is told who is there, then who we are, then where we work, then the rest as it came', async () => {
    await made('let b', 'use', 'let a', 'auth', 'version')
    const later = new ScriptedChannel()
    await session.execute(later, callOf('call'))
    expect(later.told).toEqual(['version-1', 'auth-1', 'use-1', 'let b-1', 'let a-1', 'call'])
  })

  it('is told the newest of each kind only', async () => {
    await made('use', 'let a')
    await session.execute(channel, callOf('let a-2', 'let a'))
    const later = new ScriptedChannel()
    await session.restore(later)
    expect(later.told).toEqual(['use-1', 'let a-2'])
  })

  it('is not told what is about to be replaced', async () => {
    await made('auth', 'use', 'let a')
    const later = new ScriptedChannel()
    await session.execute(later, callOf('auth-2', 'auth'))
    expect(later.told).toEqual(['use-1', 'let a-1', 'auth-2'])
    await session.execute(later, callOf('call'))
    expect(later.told.slice(3)).toEqual(['call'])
  })

  it('gives back what the server said of its version', async () => {
    await made('version', 'use')
    const version = new Uint8Array(encode({ result: 'surrealdb-3.0.2' }))
    const later = new ScriptedChannel()
    later.answer = ({ id }) => (id === 'version-1' ? { ok: true, bytes: version } : ACCEPTED)
    expect(await session.restore(later)).toEqual({ version })
    expect(await session.restore(later)).toEqual({})
  })
})

describe('a channel that knows the session', () => {
  it('is told nothing but its calls', async () => {
    await made('auth', 'use')
    await session.execute(channel, callOf('one'))
    await session.execute(channel, callOf('two'))
    expect(channel.told).toEqual(['auth-1', 'use-1', 'one', 'two'])
  })

  it('is told only what has changed meanwhile on another one', async () => {
    await made('auth', 'use')
    const other = new ScriptedChannel()
    await session.execute(other, callOf('let a-1', 'let a'))
    await session.execute(other, callOf('use-2', 'use'))
    await session.execute(channel, callOf('call'))
    expect(channel.told).toEqual(['auth-1', 'use-1', 'use-2', 'let a-1', 'call'])
  })

  it('is told once, however many calls come at a time', async () => {
    await made('auth', 'use')
    const later = new ScriptedChannel()
    await Promise.all([1, 2, 3].map((number) => session.execute(later, callOf(`call ${number}`))))
    expect(later.told).toEqual(['auth-1', 'use-1', 'call 1', 'call 2', 'call 3'])
  })
})

describe('what becomes part of the session', () => {
  const toldLater = async (): Promise<readonly string[]> => {
    const later = new ScriptedChannel()
    await session.restore(later)
    return later.told
  }

  it('is no call that says nothing of it, and none that failed or was refused', async () => {
    await session.execute(channel, callOf('plain'))
    channel.answer = () => REFUSED
    await session.execute(channel, callOf('refused', 'auth'))
    channel.answer = () => ({ ok: false, failure: LOST })
    await session.execute(channel, callOf('lost', 'use'))
    expect(await toldLater()).toEqual([])
  })

  it('is a call that went by without being told the session first', async () => {
    await made('auth')
    const other = new ScriptedChannel()
    await session.pass(other, callOf('use-1', 'use'))
    expect(other.told).toEqual(['use-1'])
    expect(await toldLater()).toEqual(['auth-1', 'use-1'])
  })

  it('is what was set without a channel', async () => {
    session.set('let a', callOf('let a-1', 'let a'))
    expect(await toldLater()).toEqual(['let a-1'])
  })
})

describe('a session that cannot be restored', () => {
  it('that the server refuses: the call is not sent, and the words of the server are there', async () => {
    await made('auth', 'use')
    const later = new ScriptedChannel()
    later.answer = ({ id }) => (id === 'auth-1' ? REFUSED : ACCEPTED)
    const reply = await session.execute(later, callOf('call'))
    expect(reply).toMatchObject({ ok: false, failure: { reason: 'session-refused', reply: bytesOf(REFUSED) } })
    expect(later.told).toEqual(['auth-1'])
  })

  it('after a new sign-in the rest of it is told', async () => {
    await made('auth', 'use')
    const later = new ScriptedChannel()
    later.answer = ({ id }) => (id === 'auth-1' ? REFUSED : ACCEPTED)
    await session.execute(later, callOf('call'))
    await session.execute(later, callOf('auth-2', 'auth'))
    expect(await session.execute(later, callOf('call'))).toBe(ACCEPTED)
    expect(later.told).toEqual(['auth-1', 'use-1', 'auth-2', 'call'])
  })

  it('because the channel breaks: the call was not sent, and another channel is told everything', async () => {
    await made('auth', 'use', 'let a')
    const breaking = new ScriptedChannel()
    breaking.answer = ({ id }) => (id === 'use-1' ? { ok: false, failure: LOST } : ACCEPTED)
    expect(await session.execute(breaking, callOf('call'))).toEqual({ ok: false, failure: NOT_SENT })
    expect(breaking.told).toEqual(['auth-1', 'use-1'])
    const later = new ScriptedChannel()
    await session.restore(later)
    expect(later.told).toEqual(['auth-1', 'use-1', 'let a-1'])
  })

  it('within its time: the call was not sent', async () => {
    await made('auth')
    const later = new ScriptedChannel()
    later.answer = () => new Promise<LinkReply>(() => {})
    const reply = session.execute(later, callOf('call'))
    await jest.advanceTimersByTimeAsync(1000)
    expect(await reply).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
    expect(later).toMatchObject({ told: ['auth-1'], forgotten: ['auth-1'] })
  })

  it('is told the rest when it is asked again', async () => {
    await made('auth', 'use', 'let a')
    const later = new ScriptedChannel()
    let isBusy = true
    later.answer = ({ id }) => (isBusy && id === 'use-1' ? { ok: false, failure: LOST } : ACCEPTED)
    await session.restore(later)
    isBusy = false
    await session.restore(later)
    expect(later.told).toEqual(['auth-1', 'use-1', 'use-1', 'let a-1'])
  })
})

describe('isRefusal', () => {
  it.each([
    ['an error', { id: 'a', error: { code: 1 } }, true],
    ['a result', { id: 'a', result: { error: 'a field of that name' } }, false],
    ['a result beside an error that is none', { id: 'a', error: null, result: 1 }, false],
    ['no map', 'error', false],
  ])('%s', (_what, reply, isOne) => {
    expect(isRefusal(new Uint8Array(encode(reply)))).toBe(isOne)
  })

  it('bytes that are no CBOR', () => {
    expect(isRefusal(new Uint8Array([0xa1, 0x65]))).toBe(false)
  })
})

const NOT_SENT = expect.objectContaining({ reason: 'not-sent' })

function bytesOf(reply: LinkReply): Uint8Array {
  if (!reply.ok) throw new Error('no bytes')
  return reply.bytes
}
