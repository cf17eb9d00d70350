import { and, binary, bound, call, type BinaryOperator, type Expression } from '../../surrealql/nodes/expression.js'
import { Geometry, GeometryMultiPolygon, GeometryPoint, GeometryPolygon } from '../../values.js'
import { copyOfGeometry, geometryIssues, hasEnd } from './geometry-values.js'
import { equalityLookups, type Lookup, type LookupTable } from '../lookups/lookups.js'
import { REFUSED, type Operand } from '../lookups/operands.js'

/** A geometry of any kind, whatever the field holds. */
const geometryOperand: Operand = {
  wanted: () => 'a geometry',
  read: (given) => (isWhole(given) ? copyOfGeometry(given) : REFUSED),
}

/** What something can be within. For what has several parts, the engine is right only about several areas, be it one alone. */
const areaOperand: Operand = {
  wanted: () => 'a geometry',
  read: (given, field) => {
    const geometry = geometryOperand.read(given, field)
    return geometry instanceof GeometryPolygon ? new GeometryMultiPolygon([geometry]) : geometry
  },
}

/** A point, or its longitude and latitude. */
export const pointOperand: Operand = {
  wanted: () => 'a GeometryPoint, or [longitude, latitude]',
  read: (given) => {
    const point = isPair(given) ? new GeometryPoint(given) : given
    return point instanceof GeometryPoint && isWhole(point) ? point.clone() : REFUSED
  },
}

/** A point, and a distance from it in metres. */
const distanceOperand: Operand = {
  wanted: (field) => `a list of ${pointOperand.wanted(field)}, and a distance in metres`,
  read: (given, field) => {
    if (!Array.isArray(given) || given.length !== 2) return REFUSED
    const [from, metres] = given as readonly unknown[]
    const point = pointOperand.read(from, field)
    return point !== REFUSED && typeof metres === 'number' && metres >= 0 ? [point, metres] : REFUSED
  },
}

function isWhole(given: unknown): given is Geometry {
  return given instanceof Geometry && hasEnd(given) && geometryIssues(given) === undefined
}

function isPair(given: unknown): given is [number, number] {
  return Array.isArray(given) && given.length === 2 && given.every((each) => Number.isFinite(each))
}

const relate = (operator: BinaryOperator, operand: Operand): Lookup => ({
  operand,
  build: (left, right) => binary(left, operator, bound(right)),
})

/** The engine measures between points alone, and fails on what is no geometry. */
const distance = (operator: '<' | '<=' | '>' | '>='): Lookup => ({
  operand: distanceOperand,
  build: (left: Expression, right) => {
    const [point, metres] = right as readonly [GeometryPoint, number]
    return and(call('type::is_point', left), binary(call('geo::distance', left, bound(point)), operator, bound(metres)))
  },
})

/** Geometries of every kind. */
export const geometryLookups: LookupTable = {
  ...equalityLookups,
  within: relate('INSIDE', areaOperand),
  inside: relate('INSIDE', areaOperand),
  contains: relate('CONTAINS', geometryOperand),
  intersects: relate('INTERSECTS', geometryOperand),
}

/** Fields that may hold points. */
export const pointLookups: LookupTable = {
  ...geometryLookups,
  distancelt: distance('<'),
  distancelte: distance('<='),
  distancegt: distance('>'),
  distancegte: distance('>='),
}
