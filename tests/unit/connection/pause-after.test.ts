import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CONFLICT_BACKOFF, pauseAfter, type Pauses } from '../../../src/connection/calls/pause-after.js'

const pauses = fc
  .record({
    initialDelay: fc.integer({ min: 0, max: 60_000 }),
    backoff: fc.double({ min: 1, max: 10, noNaN: true }),
    longer: fc.integer({ min: 0, max: 600_000 }),
  })
  .map(({ initialDelay, backoff, longer }): Omit<Pauses, 'jitter'> => {
    return { initialDelay, backoff, maxDelay: initialDelay + longer }
  })
const attempts = fc.integer({ min: 1, max: 5_000 })

describe('the pause between two tries', () => {
  it('begins with the initial delay, and each is the one before times the factor', () => {
    const given = { initialDelay: 500, backoff: 3, maxDelay: 30_000, jitter: false }
    expect([1, 2, 3, 4, 5, 6].map((attempt) => pauseAfter(attempt, given))).toEqual([
      500, 1_500, 4_500, 13_500, 30_000, 30_000,
    ])
  })

  it('is a number between nothing and the longest delay, after any number of tries', () => {
    fc.assert(
      fc.property(pauses, attempts, fc.boolean(), (given, attempt, jitter) => {
        const pause = pauseAfter(attempt, { ...given, jitter })
        expect(pause).toBeGreaterThanOrEqual(0)
        expect(pause).toBeLessThanOrEqual(given.maxDelay)
      }),
    )
  })

  it('never gets shorter from one try to the next without jitter', () => {
    fc.assert(
      fc.property(pauses, attempts, (given, attempt) => {
        const [before, after] = [attempt, attempt + 1].map((each) => pauseAfter(each, { ...given, jitter: false }))
        expect(after!).toBeGreaterThanOrEqual(before!)
      }),
    )
  })

  it('lies with jitter between half of it and all of it', () => {
    fc.assert(
      fc.property(pauses, attempts, (given, attempt) => {
        const whole = pauseAfter(attempt, { ...given, jitter: false })
        const spread = pauseAfter(attempt, { ...given, jitter: true })
        expect(spread).toBeGreaterThanOrEqual(whole / 2)
        expect(spread).toBeLessThanOrEqual(whole)
      }),
    )
  })

  it('is spread with jitter, so that many do not come back together', () => {
    const given = { initialDelay: 1_000, backoff: 2, maxDelay: 1_000, jitter: true }
    const spread = Array.from({ length: 200 }, () => pauseAfter(1, given))
    expect(new Set(spread).size).toBeGreaterThan(190)
    expect(Math.min(...spread)).toBeLessThan(600)
    expect(Math.max(...spread)).toBeGreaterThan(900)
  })

  it('is short after a conflict, which is over as soon as the other transaction has ended', () => {
    for (let attempt = 1; attempt < 20; attempt++)
      expect(pauseAfter(attempt, CONFLICT_BACKOFF)).toBeLessThanOrEqual(100)
  })
})
