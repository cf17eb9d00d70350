import { describe, expect, it } from '@jest/globals'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { batches, estimateBytes } from '../../../src/persistence/batches.js'

describe('batches', () => {
  it('keep every item in its place, and to their limits', () => {
    const limits = { count: fc.integer({ min: 1, max: 6 }), bytes: fc.integer({ min: 1, max: 40 }) }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 })), limits.count, limits.bytes, (items, count, bytes) => {
        const parts = [...batches(items, { count, bytes, sizeOf: (size) => size })]
        assert.deepEqual(parts.flat(), items)
        for (const part of parts) {
          assert(part.length >= 1 && part.length <= count)
          assert(part.length === 1 || part.reduce((total, size) => total + size, 0) <= bytes)
        }
      }),
    )
  })

  it('are as few as can be', () => {
    const parts = [...batches([3, 3, 3, 9, 1], { count: 3, bytes: 6, sizeOf: (size) => size })]
    expect(parts).toEqual([[3, 3], [3], [9], [1]])
  })
})

describe('the estimated size', () => {
  it('is never far below that of the text in JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert(estimateBytes(value) >= Buffer.byteLength(JSON.stringify(value)) / 3)
      }),
    )
  })

  it('counts bytes and sets', () => {
    expect(estimateBytes(new Uint8Array(5000))).toBeGreaterThanOrEqual(5000)
    expect(estimateBytes(new ArrayBuffer(5000))).toBeGreaterThanOrEqual(5000)
    expect(estimateBytes(new Set(['x'.repeat(5000)]))).toBeGreaterThanOrEqual(5000)
    expect(estimateBytes({ list: ['ü'.repeat(5000)] })).toBeGreaterThanOrEqual(10_000)
  })
})
