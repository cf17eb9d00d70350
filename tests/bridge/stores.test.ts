import { afterEach, describe, expect, it } from '@jest/globals'
import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runBundled } from '../support/bridge-child.js'
import { LINK_MODES, LinkUser, until } from '../support/bridge-link.js'
import { newDirectory } from './links.js'

const opened: LinkUser[] = []

async function start(url: string, mode: 'async' | 'sync' = 'async'): Promise<LinkUser> {
  const user = new LinkUser({ kind: 'embedded', urls: [url] }, mode)
  opened.push(user)
  return user.start()
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((user) => user.close()))
})

/** What may leave the engine unable to let go of its path. */
const USES = {
  'without an index': 'CREATE thing SET name = "a"',
  'with an index': 'DEFINE INDEX name ON thing FIELDS name; CREATE thing SET name = "a"',
  'with a full-text index':
    'DEFINE ANALYZER words TOKENIZERS blank; DEFINE INDEX text ON thing FIELDS name FULLTEXT ANALYZER words BM25; CREATE thing SET name = "a"',
}

for (const scheme of ['surrealkv', 'rocksdb']) {
  describe(scheme, () => {
    for (const mode of LINK_MODES) {
      for (const [use, text] of Object.entries(USES)) {
        it(`closes and opens again ${use} (${mode})`, async () => {
          const url = `${scheme}:${newDirectory()}/store`
          for (let turn = 1; turn <= 3; turn++) {
            const user = await start(url, mode)
            if (turn === 1) await user.query(text)
            else await user.query('CREATE thing')
            expect(await user.query('SELECT count() FROM thing GROUP ALL')).toEqual([[{ count: turn }]])
            expect(await user.close()).toBeUndefined()
          }
        })
      }
    }

    it('leaves nothing of a session to the next one', async () => {
      const url = `${scheme}:${newDirectory()}/store`
      const first = await start(url)
      await first.call('let', ['secret', 42])
      await first.query('DEFINE INDEX name ON thing FIELDS name')
      await first.close()
      const second = new LinkUser({ kind: 'embedded', urls: [url] })
      opened.push(second)
      await second.open()
      await expect(second.query('SELECT * FROM thing')).rejects.toThrow('Specify a namespace')
      await second.call('use', ['test', 'test'])
      expect(await second.query('RETURN $secret')).toEqual([undefined])
    })

    it('serves two links to one path, each with its own session', async () => {
      const url = `${scheme}:${newDirectory()}/store`
      const [left, right] = await Promise.all([start(url), start(url, 'sync')])
      await left.query('DEFINE TABLE thing')
      await left.call('let', ['side', 'left'])
      await right.call('let', ['side', 'right'])
      expect([await left.query('RETURN $side'), await right.query('RETURN $side')]).toEqual([['left'], ['right']])

      const heard = { left: 0, right: 0 }
      left.link.onNotification(() => heard.left++)
      right.link.onNotification(() => heard.right++)
      await left.query('LIVE SELECT * FROM thing')
      await right.query('CREATE thing')
      await until(() => heard.left === 1)
      expect(heard).toEqual({ left: 1, right: 0 })

      await left.close()
      expect(await right.query('SELECT count() FROM thing GROUP ALL')).toEqual([[{ count: 1 }]])
    })

    it('says that another process has the store, and opens it once that one has ended', async () => {
      const url = `${scheme}:${newDirectory()}/store`
      const holder = runBundled('open-store', url, 'hold')
      await holder.printed('ready')
      const user = new LinkUser({ kind: 'embedded', urls: [url] }, 'sync')
      const failure = await user.open()
      expect(failure).toMatchObject({ reason: 'store-locked' })
      expect(failure?.message).toMatch(`${url} is locked: another process has it open`)
      holder.process.kill('SIGKILL')
      await holder.ended
      expect(await user.open()).toBeUndefined()
      expect(await user.close()).toBeUndefined()
    })

    it('gives the reason of the engine for a path that cannot be', async () => {
      const file = path.join(newDirectory(), 'file')
      writeFileSync(file, '')
      chmodSync(file, 0o400)
      for (const mode of LINK_MODES) {
        const user = new LinkUser({ kind: 'embedded', urls: [`${scheme}:${file}/store`] }, mode)
        const failure = await user.open()
        expect(failure).toMatchObject({ reason: 'open-failed' })
        expect(failure?.message).toMatch(/Not a directory|IO error/)
        expect(await user.send('ping')).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
        expect(await user.close()).toBeUndefined()
      }
    })
  })
}

describe('surrealkv', () => {
  it('can be opened by another process as soon as it is closed, without an index', async () => {
    const url = `surrealkv:${newDirectory()}/store`
    const user = await start(url)
    await user.query('CREATE thing')
    await user.close()
    const other = await runBundled('open-store', url).ended
    expect(other).toMatchObject({ code: 0 })
    expect(other.output).toContain('ready')
    expect(await (await start(url)).query('RETURN 1')).toEqual([1])
  })
})

describe('mem', () => {
  it('is a store of its own for each link', async () => {
    const [left, right] = await Promise.all([start('mem://'), start('mem://')])
    await left.query('CREATE thing')
    await expect(right.query('SELECT * FROM thing')).rejects.toThrow('does not exist')
  })

  it('drains 20 calls at each of 100 closings', async () => {
    for (let cycle = 0; cycle < 100; cycle++) {
      const user = await start('mem://')
      opened.length = 0
      await user.query('DEFINE TABLE thing; DEFINE INDEX name ON thing FIELDS name')
      const underWay = Array.from({ length: 20 }, () => user.query('CREATE thing; RETURN 1'))
      const closing = user.close()
      const results = await Promise.all(underWay)
      expect(results.map((result) => result[1])).toEqual(underWay.map(() => 1))
      expect(await closing).toBeUndefined()
    }
  })
})
