import { describe, expect, it } from '@jest/globals'
import { LinkUser, decode, until } from '../support/bridge-link.js'
import { LINK_PLACES, onEveryLink } from './links.js'

describe('a link', () => {
  onEveryLink(LINK_PLACES, (user, place) => {
    it('carries a request and its reply', async () => {
      expect(await user().query('RETURN $left + 2', { left: 40 })).toEqual([42])
    })

    it('carries megabytes, and leaves the bytes of the caller alone', async () => {
      const text = 'x'.repeat(3_000_000)
      expect(await user().query('RETURN $text', { text })).toEqual([text])
    })

    it('gives failures of the database as bytes, not as failures of the link', async () => {
      const reply = await user().send('query', ['SELECT', {}])
      expect(reply.ok).toBe(true)
      expect(() => user().resultOf(reply)).toThrow('Parse error')
    })

    it('answers each of 50 calls with its own reply', async () => {
      const numbers = Array.from({ length: 50 }, (_, number) => number)
      const replies = await Promise.all(numbers.map((number) => user().query('RETURN $number', { number })))
      expect(replies.flat()).toEqual(numbers)
    })

    it('lets a blocking call through while async calls are under way, and these finish afterwards', async () => {
      const asynchronous = new LinkUser(user().target, 'async', user().link)
      const underWay = Array.from({ length: 50 }, (_, number) =>
        asynchronous.query('SLEEP 20ms; RETURN $number', { number }),
      )
      for (let turn = 0; turn < 5; turn++) expect(await asynchronous.other.query('RETURN 1')).toEqual([1])
      expect((await Promise.all(underWay)).map((results) => results[1])).toEqual(underWay.map((_, index) => index))
    })

    it('runs out of time with a failure, and stays usable; the late answer is dropped', async () => {
      const reply = await user().send('query', ['SLEEP 150ms', {}], { timeout: 50 })
      expect(reply).toMatchObject({ ok: false, failure: { reason: 'timeout' } })
      expect(await user().query('RETURN 1')).toEqual([1])
      expect(await user().query('SLEEP 200ms; RETURN 2')).toEqual([undefined, 2])
    })

    it('does not run out of time because the thread was blocked', async () => {
      const { link, target } = user()
      const quick = new LinkUser(target, 'async', link).send('query', ['RETURN 7', {}], { timeout: 100 })
      await user().blockFor('200ms')
      expect(user().resultOf(await quick)).toMatchObject([{ result: 7 }])
    })

    if (place !== 'http') {
      it('has one session for both modes', async () => {
        await user().call('let', ['answer', 42])
        expect(await user().other.query('RETURN $answer')).toEqual([42])
      })

      it('has one transaction for both modes', async () => {
        const txn = await user().call('begin')
        await user().other.query('CREATE both:one SET value = 1', {}, { txn })
        await user().call('commit', [txn])
        expect(await user().query('SELECT VALUE value FROM both')).toEqual([[1]])
        await user().query('REMOVE TABLE both')
      })

      it('brings every live notification, one per macrotask', async () => {
        await user().query('DEFINE TABLE IF NOT EXISTS heard')
        const heard: unknown[] = []
        const turns = new Set<number>()
        let turn = 0
        const stop = user().link.onNotification((bytes) => {
          const { action, result } = notificationIn(bytes)
          if (action !== 'CREATE') return
          heard.push(result.number)
          turns.add(turn)
          setImmediate(() => turn++)
        })
        const [live] = await user().query('LIVE SELECT * FROM heard')
        for (let number = 0; number < 20; number++) {
          await user().query('CREATE heard SET number = $number', { number })
          await user().other.query('RETURN 1')
        }
        await until(() => heard.length === 20)
        await user().call('kill', [live])
        stop()
        // in any order: the engine itself swaps two now and then
        expect(new Set(heard)).toEqual(new Set(Array.from({ length: 20 }, (_, number) => number)))
        expect(turns.size).toBe(20)
      })

      it('keeps what arrives while it is blocked for the event loop', async () => {
        await user().query('DEFINE TABLE IF NOT EXISTS blocked')
        const heard: unknown[] = []
        const stop = user().link.onNotification((bytes) => heard.push(notificationIn(bytes).action))
        const [live] = await user().query('LIVE SELECT * FROM blocked')
        const { link, target } = user()
        const created = new LinkUser(target, 'async', link).query('CREATE blocked')
        await user().blockFor('100ms')
        await created
        await until(() => heard.includes('CREATE'))
        await user().call('kill', [live])
        stop()
      })
    }

    it('closes, opens again, and closes as often as it is told to', async () => {
      expect(await user().close()).toBeUndefined()
      expect(await user().close()).toBeUndefined()
      expect(await user().send('ping')).toMatchObject({ ok: false, failure: { reason: 'closed' } })
      await user().start()
      expect(await user().query('RETURN 3')).toEqual([3])
    })
  })

  onEveryLink(LINK_PLACES, (user) => {
    it('finishes the calls under way before it closes', async () => {
      const { link, target } = user()
      const asynchronous = new LinkUser(target, 'async', link)
      const underWay = Array.from({ length: 20 }, () => asynchronous.query('SLEEP 50ms; RETURN 1'))
      expect(await user().close()).toBeUndefined()
      expect(await Promise.all(underWay)).toEqual(underWay.map(() => [undefined, 1]))
      await user().start()
    })

    it('closes in the background when a call lasts too long', async () => {
      const { link, target } = user()
      const slow = new LinkUser(target, 'async', link).send('query', ['SLEEP 150ms', {}])
      expect(await user().close(50)).toMatchObject({ reason: 'timeout' })
      await slow
      await user().start()
      expect(await user().query('RETURN 4')).toEqual([4])
    })
  })
})

interface Notification {
  readonly action: string
  readonly result: { readonly number?: number }
}

/** A server wraps it as it wraps a result, an embedded store does not. */
function notificationIn(bytes: Uint8Array): Notification {
  const message = decode(bytes) as Notification | { readonly result: Notification }
  return 'action' in message ? message : message.result
}
