import fc from 'fast-check'
import { VectorField } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix('VectorField', {
  make: (options) => VectorField(3, options),
  values: [
    [0, 0, 0],
    [1, 2.5, -3],
    [1e-300, 1e300 + 0.5, 2 ** 53 - 1].map((value) => (Number.isSafeInteger(value) ? value : value % 1e15)),
  ],
  refused: [
    [],
    [1, 2],
    [1, 2, 3, 4],
    [1, 2, NaN],
    [1, 2, Infinity],
    [1, 2, '3'],
    'x',
    new Float32Array(3),
    [1, 2, 2 ** 60],
  ],
  arbitrary: fc
    .tuple(...[0, 1, 2].map(() => fc.double({ min: -1e15, max: 1e15, noNaN: true })))
    .map((numbers) => numbers.map((number) => number + 0)),
})

/** Each type of the elements, and the numbers it takes. */
const TYPES = {
  F64: [fc.double({ min: -1e15, max: 1e15, noNaN: true }), ['1', NaN, 2 ** 53]],
  F32: [fc.float({ noNaN: true, min: -(2 ** 40), max: 2 ** 40 }), ['1', Infinity]],
  I64: [fc.maxSafeInteger(), [0.5, 2 ** 53]],
  I32: [fc.integer(), [0.5, 2 ** 31, -(2 ** 31) - 1]],
  I16: [fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }), [0.5, 2 ** 15, -(2 ** 15) - 1]],
} as const

for (const [type, [element, wrong]] of Object.entries(TYPES)) {
  fieldMatrix<number[]>(`VectorField of ${type}`, {
    make: (options) => VectorField(2, { ...options, type: type as keyof typeof TYPES }),
    values: [[0, 1]],
    refused: [[1], [1, 2, 3], ...wrong.map((number) => [0, number])],
    arbitrary: fc.tuple(element, element).map((numbers) => numbers.map((number) => number + 0)),
  })
}

fieldMatrix('VectorField of whole numbers', {
  make: (options) => VectorField(2, { ...options, type: 'I16' }),
  values: [
    [0, 1],
    [-32768, 32767],
  ],
  refused: [
    [0.5, 1],
    [0, 32768],
    [-32769, 0],
  ],
})
