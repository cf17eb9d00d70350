import { expect, it } from '@jest/globals'
import { farFromRecord, readCounts, steeperThanLinear, type CountsBySize } from './type-counts.js'

const counts = (cost: (models: number) => number): CountsBySize =>
  new Map([20, 50, 200].map((models) => [models, { instantiations: cost(models), types: models * 100 }]))

it('a constant and a rate are linear; what grows faster than the models is not', () => {
  expect(steeperThanLinear(counts((models) => 40_000 + models * 6_000))).toEqual([])
  expect(steeperThanLinear(counts((models) => 40_000 + models * 6_000 + models ** 2 * 3))).toEqual([
    'instantiations for each further model: 6210, then 6750',
  ])
  expect(steeperThanLinear(counts((models) => 40_000 + models * 1_000 * Math.log2(models)))).not.toEqual([])
})

it('what is more than a twentieth away from the record is noticed', () => {
  const record = counts(() => 100_000)
  expect(
    farFromRecord(
      counts(() => 104_000),
      record,
    ),
  ).toEqual([])
  expect(
    farFromRecord(
      counts(() => 94_000),
      record,
    ),
  ).toContain('instantiations with 20 models: 94000, on record 100000')
  expect(
    farFromRecord(
      counts(() => 106_000),
      record,
    ),
  ).toHaveLength(3)
  expect(farFromRecord(record, new Map())).toHaveLength(6)
})

it('reads what tsc prints', () => {
  expect(readCounts('Symbols:  3\nTypes:                       59541\nInstantiations:  343456\n')).toEqual({
    instantiations: 343_456,
    types: 59_541,
  })
  expect(() => readCounts('model-1.ts(1,1): error TS1: …')).toThrow('tsc did not say "Instantiations"')
})
