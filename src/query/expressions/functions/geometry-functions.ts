import type { FunctionTable } from './function-table.js'

/** What can be made of a geometry. Lengths are in metres, areas in square metres, angles in degrees. */
export const geometryFunctions = {
  area: { engine: 'geo::area', takes: [], gives: 'number' },
  bearing: { engine: 'geo::bearing', takes: ['geometry'], gives: 'number?', needs: 'type::is_point' },
  centroid: { engine: 'geo::centroid', takes: [], gives: 'geometry' },
  distance: { engine: 'geo::distance', takes: ['geometry'], gives: 'number?', needs: 'type::is_point' },
  hash: { engine: 'geo::hash::encode', takes: ['whole?'], gives: 'text', needs: 'type::is_point' },
  isValid: { engine: 'geo::is_valid', takes: [], gives: 'boolean' },
  isInside: { engine: 'INSIDE', takes: ['geometry'], gives: 'boolean' },
  intersects: { engine: 'INTERSECTS', takes: ['geometry'], gives: 'boolean' },
} as const satisfies FunctionTable
