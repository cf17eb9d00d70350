import { afterEach, expect, jest, test } from '@jest/globals'
import { MemoryStore } from '../../../src/index.js'

afterEach(() => void jest.restoreAllMocks())

const bytes = (size: number): Uint8Array => new Uint8Array(size)

test('holds what it was given, as long as it may', () => {
  const now = jest.spyOn(Date, 'now').mockReturnValue(1000)
  const store = new MemoryStore()
  const kept = bytes(3)
  store.set('a', kept, 50)
  expect(store.get('a')).toBe(kept)
  expect(store.get('b')).toBeUndefined()
  now.mockReturnValue(1049)
  expect(store.get('a')).toBe(kept)
  now.mockReturnValue(1050)
  expect(store.get('a')).toBeUndefined()
  expect([store.size, store.bytes]).toEqual([0, 0])
})

test('forgets what was not used for the longest time, and never holds more than it may', () => {
  const store = new MemoryStore({ maxBytes: 3 * 300 })
  for (const key of ['a', 'b', 'c']) store.set(key, bytes(100), 1000)
  expect(store.bytes).toBe(900)
  store.get('a')
  store.set('d', bytes(100), 1000)
  expect(['a', 'b', 'c', 'd'].filter((key) => store.get(key))).toEqual(['a', 'c', 'd'])
  store.set('e', bytes(600), 1000)
  expect(['a', 'c', 'd', 'e'].filter((key) => store.get(key))).toEqual(['e'])
  store.set('e', bytes(701), 1000)
  expect([store.size, store.bytes]).toEqual([0, 0])
})

test('counts what is set again, deleted and cleared once', () => {
  const store = new MemoryStore()
  store.set('a', bytes(10), 1000)
  store.set('a', bytes(20), 1000)
  store.set('b', bytes(30), 1000)
  expect([store.size, store.bytes]).toEqual([2, 450])
  store.delete('a')
  store.delete('a')
  expect([store.size, store.bytes]).toEqual([1, 230])
  store.clear()
  expect([store.size, store.bytes, store.get('b')]).toEqual([0, 0, undefined])
})
