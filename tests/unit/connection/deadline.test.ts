import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { Deadline } from '../../../src/connection/calls/deadline.js'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

it('has no time for another try in its last tenth, so that the caller hears why the last one failed', () => {
  const deadline = new Deadline(1000)
  expect([0, 899, 900, 2000].map((pause) => deadline.hasTimeAfter(pause))).toEqual([true, true, false, false])
  jest.advanceTimersByTime(800)
  expect([0, 99, 100].map((pause) => deadline.hasTimeAfter(pause))).toEqual([true, true, false])
  jest.advanceTimersByTime(100)
  expect(deadline.hasTimeAfter(0)).toBe(false)
})

it('never gives less than a millisecond to what takes a timeout, and knows when it is over', () => {
  const deadline = new Deadline(1000)
  jest.advanceTimersByTime(999)
  expect([deadline.left, deadline.isOver]).toEqual([1, false])
  jest.advanceTimersByTime(1)
  expect([deadline.left, deadline.isOver]).toEqual([1, true])
})
