import { afterEach, describe, expect, test } from '@jest/globals'
import { ConnectionRegistry, createConnection, type Connection } from '../../src/index.js'
import { MODES } from '../support/modes.js'
import { errorOf } from '../support/transact.js'

const memory = (name: string, more: object = {}): Connection =>
  createConnection({ url: 'mem://', namespace: 'n', database: 'd', name, ...more })

describe('the registry', () => {
  afterEach(() => ConnectionRegistry.closeAll())

  test('knows connections by their names; the first is the default', () => {
    const [one, two] = [memory('one'), memory('two')]
    expect(ConnectionRegistry.names()).toEqual(['one', 'two'])
    expect(ConnectionRegistry.get('two')).toBe(two)
    expect(ConnectionRegistry.has('two')).toBe(true)
    expect(ConnectionRegistry.has('three')).toBe(false)
    expect(ConnectionRegistry.getDefault()).toBe(one)
    ConnectionRegistry.setDefault('two')
    expect(ConnectionRegistry.getDefault()).toBe(two)
    const three = memory('three', { makeDefault: true })
    expect(ConnectionRegistry.getDefault()).toBe(three)
  })

  test('says what there is, and what to call, when there is no such connection', () => {
    expect(() => ConnectionRegistry.getDefault()).toThrow(/createConnection/)
    memory('one')
    expect(() => ConnectionRegistry.get('other')).toThrow(/"other".*"one".*createConnection/)
    expect(() => ConnectionRegistry.setDefault('other')).toThrow(/"other"/)
    expect(ConnectionRegistry.getDefault().name).toBe('one')
  })

  test('refuses a name that is in use until its connection is closed', async () => {
    const first = memory('same')
    expect(() => memory('same')).toThrow(/"same"/)
    await first.close()
    const second = memory('same')
    expect(ConnectionRegistry.get('same')).toBe(second)
  })

  test('forgets a connection without closing it', async () => {
    const one = await memory('one').connect()
    memory('two')
    expect(ConnectionRegistry.remove('one')).toBe(true)
    expect(ConnectionRegistry.remove('one')).toBe(false)
    expect(ConnectionRegistry.has('one')).toBe(false)
    expect(() => ConnectionRegistry.getDefault()).toThrow(/createConnection/)
    expect(await one.query('RETURN 1')).toEqual([1])
    expect(memory('three')).toBe(ConnectionRegistry.getDefault())
    await one.close()
  })

  test.each(['async', 'sync'] as const)('closes and forgets all of them: %s', async (modeName) => {
    const all = [await memory('one').connect(), await memory('two').connect(), memory('never opened')]
    await MODES[modeName](ConnectionRegistry).closeAll()
    expect(all.map(({ status }) => status)).toEqual(['closed', 'closed', 'closed'])
    expect(ConnectionRegistry.names()).toEqual([])
    expect(() => ConnectionRegistry.getDefault()).toThrow(/createConnection/)
    expect(await errorOf(all[0]!.query('RETURN 1'))).toMatchObject({ code: 'CONNECTION_CLOSED' })
    await MODES[modeName](ConnectionRegistry).closeAll()
  })
})
