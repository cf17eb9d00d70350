import type { FunctionTable } from './function-table.js'

/** What can be made of a vector, which is a list of numbers; the other one has to have as many. */
export const vectorFunctions = {
  addVector: { engine: 'vector::add', takes: ['same'], gives: 'numbers' },
  subtractVector: { engine: 'vector::subtract', takes: ['same'], gives: 'numbers' },
  multiplyVector: { engine: 'vector::multiply', takes: ['same'], gives: 'numbers' },
  divideVector: { engine: 'vector::divide', takes: ['same'], gives: 'numbers' },
  angle: { engine: 'vector::angle', takes: ['same'], gives: 'number' },
  cross: { engine: 'vector::cross', takes: ['same'], gives: 'numbers' },
  dot: { engine: 'vector::dot', takes: ['same'], gives: 'number' },
  magnitude: { engine: 'vector::magnitude', takes: [], gives: 'number' },
  normalize: { engine: 'vector::normalize', takes: [], gives: 'numbers' },
  project: { engine: 'vector::project', takes: ['same'], gives: 'numbers' },
  scale: { engine: 'vector::scale', takes: ['number'], gives: 'numbers' },
  chebyshevDistance: { engine: 'vector::distance::chebyshev', takes: ['same'], gives: 'number' },
  euclideanDistance: { engine: 'vector::distance::euclidean', takes: ['same'], gives: 'number' },
  hammingDistance: { engine: 'vector::distance::hamming', takes: ['same'], gives: 'number' },
  manhattanDistance: { engine: 'vector::distance::manhattan', takes: ['same'], gives: 'number' },
  minkowskiDistance: { engine: 'vector::distance::minkowski', takes: ['same', 'number'], gives: 'number' },
  cosineSimilarity: { engine: 'vector::similarity::cosine', takes: ['same'], gives: 'number' },
  jaccardSimilarity: { engine: 'vector::similarity::jaccard', takes: ['same'], gives: 'number' },
  pearsonSimilarity: { engine: 'vector::similarity::pearson', takes: ['same'], gives: 'number' },
} as const satisfies FunctionTable
