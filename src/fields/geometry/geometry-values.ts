import type { z } from 'zod'
import { Geometry, GeometryCollection } from '../../values.js'
import { Descent } from '../descent.js'
import { geometryJson } from './geometry-json.js'

const looking = new Descent()

/** A geometry of its own: the values can be changed in place. */
export function copyOfGeometry(value: unknown): unknown {
  return value instanceof Geometry && hasEnd(value) ? (value as { clone(): unknown }).clone() : value
}

/** Whether a collection does not hold itself. */
export function hasEnd(geometry: Geometry): boolean {
  if (!(geometry instanceof GeometryCollection)) return true
  return looking.into(geometry, false, () => geometry.collection.every(hasEnd))
}

/** What is wrong with the GeoJSON of a geometry that has an end. */
export function geometryIssues(geometry: Geometry, form: z.ZodType = geometryJson.any): z.ZodError | undefined {
  return form.safeParse(geometry.toJSON()).error
}
