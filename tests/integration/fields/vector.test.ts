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
