import { describe, expect, it, jest } from '@jest/globals'
import fc from 'fast-check'
import { LiveQueue } from '../../../src/connection/bridge/host/live/live-queue.js'
import type { LiveItem, Overflow } from '../../../src/connection/bridge/link.js'

const item = (number: number): LiveItem => ({
  kind: 'notification',
  bytes: new Uint8Array([number >> 8, number & 255]),
})
const shown = (items: readonly LiveItem[]): unknown[] =>
  items.map((each) => (each.kind === 'notification' ? each.bytes[0]! * 256 + each.bytes[1]! : each.kind))
const queueOf = (capacity: number, overflow: Overflow, count = 0): LiveQueue => {
  const queue = new LiveQueue({ capacity, overflow })
  for (let number = 1; number <= count; number++) queue.push(item(number))
  return queue
}
const taken = async (queue: LiveQueue): Promise<unknown[]> => shown(await queue.take(0))

describe('LiveQueue', () => {
  it.each(['error', 'dropOldest', 'dropNewest'] as const)('keeps what fits, in order: %s', async (overflow) => {
    const queue = queueOf(3, overflow, 3)
    expect(await taken(queue)).toEqual([1, 2, 3])
    expect(await taken(queue)).toEqual([])
  })

  it('ends with the policy error, after what fits', async () => {
    const queue = queueOf(3, 'error', 9)
    expect(await taken(queue)).toEqual([1, 2, 3])
    queue.push(item(10))
    expect(await taken(queue)).toEqual(['overflow'])
    expect(await taken(queue)).toEqual(['overflow'])
  })

  it.each([
    [1, ['resync', 9]],
    [2, ['resync', 9]],
    [4, ['resync', 7, 8, 9]],
  ])('drops the oldest of 9 with a capacity of %i', async (capacity, expected) => {
    const queue = queueOf(capacity, 'dropOldest', 9)
    expect(await taken(queue)).toEqual(expected)
    queue.push(item(10))
    expect(await taken(queue)).toEqual([10])
  })

  it.each([
    [1, [1, 'resync']],
    [4, [1, 2, 3, 4, 'resync']],
  ])('drops the newest of 9 with a capacity of %i', async (capacity, expected) => {
    const queue = queueOf(capacity, 'dropNewest', 9)
    expect(await taken(queue)).toEqual(expected)
    queue.push(item(10))
    expect(await taken(queue)).toEqual([10])
  })

  it('hands out batches of 512', async () => {
    const queue = queueOf(2000, 'error', 1200)
    expect((await taken(queue)).length).toBe(512)
    expect((await taken(queue)).length).toBe(512)
    expect(await taken(queue)).toHaveLength(176)
  })

  it('hands out what waits before its end, and nothing pushed after it', async () => {
    const queue = queueOf(9, 'error', 2)
    queue.end({ kind: 'end' })
    queue.push(item(3))
    queue.end({ kind: 'overflow' })
    expect(await taken(queue)).toEqual([1, 2])
    expect(await taken(queue)).toEqual(['end'])
    const dropped = queueOf(9, 'error', 2)
    dropped.end({ kind: 'end' }, true)
    expect(await taken(dropped)).toEqual(['end'])
  })

  it('wakes one that waits for each item, and all of them at its end', async () => {
    const queue = queueOf(9, 'error')
    const waiting = Array.from({ length: 4 }, () => queue.take(60_000))
    queue.push(item(1))
    expect(shown(await waiting[0]!)).toEqual([1])
    queue.end({ kind: 'end' })
    expect((await Promise.all(waiting.slice(1))).map(shown)).toEqual([['end'], ['end'], ['end']])
  })

  it('gives up after the timeout, and forgets who waited', async () => {
    jest.useFakeTimers()
    try {
      const queue = queueOf(9, 'error')
      const waiting = queue.take(1000)
      await jest.advanceTimersByTimeAsync(1000)
      expect(await waiting).toEqual([])
      queue.push(item(1))
      expect(shown(await queue.take(1000))).toEqual([1])
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      jest.useRealTimers()
    }
  })

  it('does what a simple model does, whatever is pushed and taken', async () => {
    const steps = fc.array(fc.oneof(fc.constant('take' as const), fc.integer({ min: 1, max: 6 })), { maxLength: 40 })
    const policies = fc.constantFrom<Overflow>('error', 'dropOldest', 'dropNewest')
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), policies, async (actions, capacity, overflow) => {
        const queue = queueOf(capacity, overflow)
        const seen: unknown[] = []
        let pushed = 0
        let isOver = false
        for (const action of actions) {
          if (action === 'take') {
            const batch = await taken(queue)
            // never more than it may hold, but for the word that something is missing
            expect(batch.filter((each) => each !== 'resync').length).toBeLessThanOrEqual(capacity)
            expect(batch.length).toBeLessThanOrEqual(capacity + 1)
            isOver ||= batch.includes('overflow')
            seen.push(...batch.filter((each) => each !== 'overflow'))
          } else for (let count = 0; count < action; count++) queue.push(item(++pushed))
        }
        for (let batch = await taken(queue); batch.length > 0 && !isOver; batch = await taken(queue)) {
          isOver = batch.includes('overflow')
          seen.push(...batch.filter((each) => each !== 'overflow'))
        }
        // whatever is missing is missing exactly where a resync stands, or behind the end
        let expected = 1
        let mayBeMissing = false
        for (const each of seen) {
          if (each === 'resync') mayBeMissing = true
          else {
            if (mayBeMissing) expect(each as number).toBeGreaterThan(expected)
            else expect(each).toBe(expected)
            expected = (each as number) + 1
            mayBeMissing = false
          }
        }
        if (!isOver && !mayBeMissing) expect(expected).toBe(pushed + 1)
        if (overflow === 'error') expect(seen).not.toContain('resync')
        else expect(isOver).toBe(false)
      }),
    )
  })
})
