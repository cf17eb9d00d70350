import { z, type ZodType } from 'zod'

const position = z.tuple([z.number(), z.number()])
const line = z.array(position).min(2)
const ring = z.array(position).min(4).refine(isClosed, 'must end where it begins')
const polygon = z.array(ring).min(1)

function isClosed(positions: readonly (readonly [number, number])[]): boolean {
  const [first, last] = [positions[0], positions.at(-1)]
  return first?.[0] === last?.[0] && first?.[1] === last?.[1]
}

function shape<Type extends string>(type: Type, coordinates: ZodType): z.ZodObject {
  return z.object({ type: z.literal(type), coordinates })
}

const shapes = {
  point: shape('Point', position),
  line: shape('LineString', line),
  polygon: shape('Polygon', polygon),
  multipoint: shape('MultiPoint', z.array(position).min(1)),
  multiline: shape('MultiLineString', z.array(line).min(1)),
  multipolygon: shape('MultiPolygon', z.array(polygon).min(1)),
}

const collection: ZodType = z.object({
  type: z.literal('GeometryCollection'),
  geometries: z.array(z.lazy(() => geometryJson.any)),
})

/** The database's words for kinds of geometry. */
export type GeometryWord = keyof typeof shapes | 'collection' | 'any'

/** The GeoJSON of each kind of geometry. Coordinates are finite, longitude first, without a height. */
export const geometryJson: Readonly<Record<GeometryWord, ZodType>> = {
  ...shapes,
  collection,
  any: z.union([...Object.values(shapes), collection]),
}
