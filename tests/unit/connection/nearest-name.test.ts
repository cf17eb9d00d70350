import { describe, expect, it } from '@jest/globals'
import { nearestName } from '../../../src/connection/options/nearest-name.js'

const KNOWN = [
  'namespace',
  'name',
  'database',
  'username',
  'password',
  'makeDefault',
  'pool',
  'retry',
  'pool.max',
  'url',
]

describe('the nearest name', () => {
  it.each([
    ['namspace', 'namespace'],
    ['nameSpace', 'namespace'],
    ['nmae', 'name'],
    ['pasword', 'password'],
    ['make_default', 'makeDefault'],
    ['user', 'username'],
    ['pass', 'password'],
    ['pool.mx', 'pool.max'],
    ['ulr', 'url'],
  ])('of %s is %s', (given, nearest) => {
    expect(nearestName(given, KNOWN)).toBe(nearest)
  })

  it.each(['', 'x', 'colour', 'x'.repeat(10_000), '__proto__'])('of %j is none', (given) => {
    expect(nearestName(given, KNOWN)).toBeUndefined()
  })
})
