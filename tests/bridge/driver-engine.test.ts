import { describe, expect, it } from '@jest/globals'
import { RecordId, Surreal, Table, type DriverContext } from 'surrealdb'
import { LinkEngine } from '../../src/connection/bridge/driver-engine.js'
import { until, type LinkUser } from '../support/bridge-link.js'
import '../support/uint32-array-of-node.js'
import { LINK_PLACES, onEveryLink } from './links.js'

/** The official driver on an open link. */
async function driverOn({ link, target }: LinkUser): Promise<Surreal> {
  const makeEngine = (context: DriverContext) =>
    new LinkEngine(context, link, { kind: target.kind, timeout: 5000, sending: () => () => {} })
  const [scheme = ''] = target.urls[0]!.split(':')
  const driver = new Surreal({ engines: { [scheme]: makeEngine } })
  await driver.connect(target.urls[0]!.replace(/^(surrealkv|rocksdb):/, '$1://'), {
    namespace: 'test',
    database: 'test',
  })
  return driver
}

describe('the official driver on a link', () => {
  onEveryLink(LINK_PLACES, (user, place) => {
    it('queries, creates and selects', async () => {
      const driver = await driverOn(user())
      await driver.query('DEFINE TABLE IF NOT EXISTS person; DELETE person')
      expect(await driver.query('RETURN $number', { number: 42 })).toEqual([42])
      const id = new RecordId('person', 'ada')
      await driver.create(id).content({ name: 'Ada' })
      expect(await driver.select(id)).toEqual({ id, name: 'Ada' })
      expect((await driver.version()).version).toMatch(/^surrealdb-\d/)
      await expect(driver.query('SELECT')).rejects.toThrow('Parse error')
      await driver.close()
      expect(await user().query('RETURN 1')).toEqual([1])
    })

    if (place === 'http') return

    it('shares the session and the transaction of the link', async () => {
      const driver = await driverOn(user())
      await driver.query('DEFINE TABLE IF NOT EXISTS counted')
      await driver.set('answer', 42)
      expect(await user().query('RETURN $answer')).toEqual([42])

      const txn = await user().call('begin')
      await user().other.query('CREATE counted:one', {}, { txn })
      await user().call('commit', [txn])
      const transaction = await driver.beginTransaction()
      await transaction.query('CREATE counted:two')
      expect(await user().query('SELECT VALUE id FROM counted')).toEqual([[new RecordId('counted', 'one')]])
      await transaction.commit()
      expect(await user().query('SELECT count() FROM counted GROUP ALL')).toEqual([[{ count: 2 }]])
      await user().query('REMOVE TABLE counted')
      await driver.close()
    })

    it('gets every live message, in all sessions', async () => {
      const driver = await driverOn(user())
      await driver.query('DEFINE TABLE IF NOT EXISTS news')
      const fork = await driver.forkSession()
      const heard = { driver: 0, fork: 0 }
      const own = await driver.live(new Table('news'))
      own.subscribe(() => heard.driver++)
      const forked = await fork.live(new Table('news'))
      forked.subscribe(() => heard.fork++)
      await Promise.all(Array.from({ length: 10 }, () => driver.query('CREATE news')))
      for (let number = 0; number < 10; number++) await user().query('CREATE news')
      await until(() => heard.driver === 20 && heard.fork === 20)
      await Promise.all([own.kill(), forked.kill()])
      await driver.close()
    })

    it('ends with the link', async () => {
      const driver = await driverOn(user())
      await user().close()
      await expect(driver.query('RETURN 1')).rejects.toThrow()
      await user().start()
    })
  })
})
