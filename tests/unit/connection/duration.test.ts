import { describe, expect, it } from '@jest/globals'
import { durationSchema } from '../../../src/connection/options/duration.js'

describe('a duration', () => {
  it.each([
    [1, 1],
    [0.5, 0.5],
    [30_000, 30_000],
    [2 ** 31 - 1, 2 ** 31 - 1],
    ['500ms', 500],
    ['1s', 1000],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['2w', 1_209_600_000],
    ['1500us', 1],
  ])('%j is %d milliseconds', (input, milliseconds) => {
    expect(durationSchema.parse(input)).toBe(milliseconds)
  })

  it.each([
    0,
    -1,
    NaN,
    Infinity,
    2 ** 31,
    '',
    '0ms',
    '1us',
    '500',
    '-1s',
    ' 1s',
    '1s ',
    '1.5s',
    '1s and more',
    'soon',
    '4w',
    '1y',
    true,
    null,
    {},
    10n,
  ])('%p is none', (input) => {
    expect(durationSchema.safeParse(input).success).toBe(false)
  })

  it('says what it takes', () => {
    expect(durationSchema.safeParse('soon').error?.issues).toEqual([
      expect.objectContaining({
        message: "must be a positive number of milliseconds, or a duration such as '500ms' or '1m30s'",
      }),
    ])
  })
})
