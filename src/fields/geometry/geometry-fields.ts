import { z } from 'zod'
import {
  Geometry,
  GeometryCollection,
  GeometryLine,
  GeometryMultiLine,
  GeometryMultiPoint,
  GeometryMultiPolygon,
  GeometryPoint,
  GeometryPolygon,
} from '../../values.js'
import { Field } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath } from '../findings.js'
import { geometryJson, type GeometryWord } from './geometry-json.js'
import { geometryLookups, pointLookups } from './geometry-lookups.js'
import { copyOfGeometry, geometryIssues, hasEnd } from './geometry-values.js'
import type { LookupTable } from '../lookups/lookups.js'

/** A kind of geometry: the database's word for it, and the class of its values. */
interface GeometryType<Value extends Geometry> {
  readonly word: GeometryWord
  readonly name: string
  readonly valueClass: abstract new (...values: never[]) => Value
}

class GeometryKind<Value extends Geometry> extends Field<Value> {
  readonly kind = 'geometry'

  constructor(
    readonly type: GeometryType<Value>,
    options?: FieldOptions<Value>,
  ) {
    super(options)
  }

  accepts(value: unknown): value is Value {
    return value instanceof this.type.valueClass
  }

  protected buildSchema(): z.ZodType {
    return z.custom<Value>((value) => this.accepts(value), `must be a ${this.type.name}`)
  }

  databaseType(): string {
    return this.type.word === 'any' ? 'geometry' : `geometry<${this.type.word}>`
  }

  /** Its GeoJSON says what is wrong with it. */
  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    if (!this.accepts(value)) return super.validateValue(value, path, findings)
    if (!hasEnd(value)) return findings.add(path, 'cyclic', 'holds itself; what is stored has an end')
    const error = geometryIssues(value, this.jsonForm())
    if (error) findings.add(path, 'invalid_geometry', `is not valid: ${reason(error)}`)
  }

  override get lookups(): LookupTable {
    return this.type.word === 'point' || this.type.word === 'any' ? pointLookups : geometryLookups
  }

  override jsonForm(): z.ZodType {
    return geometryJson[this.type.word]
  }

  override fromJson(json: unknown): Value {
    return Geometry.fromJSON(json as never) as Value
  }

  override zodType(): z.ZodType {
    return z.preprocess(
      (value) => (this.accepts(value) && hasEnd(value) ? value.toJSON() : value),
      this.jsonForm().transform((json) => this.fromJson(json)),
    )
  }

  /** `[longitude, latitude]` too, for a point. */
  protected override coerceValue(value: unknown): unknown {
    const isPair = Array.isArray(value) && this.type.word === 'point'
    return super.coerceValue(isPair ? { type: 'Point', coordinates: value } : value)
  }

  protected override valueToDatabase(value: Value): unknown {
    return copyOfGeometry(value)
  }

  protected override valueFromDatabase(stored: unknown): Value {
    return copyOfGeometry(stored) as Value
  }
}

function reason({ issues }: z.ZodError): string {
  const [issue] = issues
  const at = issue!.path.filter((step) => step !== 'coordinates').join('.')
  return at === '' ? issue!.message : `${at}: ${issue!.message}`
}

function decorator<Value extends Geometry>(
  type: GeometryType<Value>,
  options: FieldOptions<Value> | undefined,
): FieldDecorator<Value> {
  return fieldDecorator(new GeometryKind(type, options))
}

const ANY: GeometryType<Geometry> = { word: 'any', name: 'Geometry', valueClass: Geometry }

/**
 * A geometry of any kind; stored as `geometry`. JSON has GeoJSON in its place, which `coerce` takes as well.
 *
 * @example
 * ```ts
 * import { Collection, Document, GeometryField, type Geometry } from 'surrealengine'
 *
 * @Collection('geometry_field_example')
 * class Region extends Document<Region>() {
 *   @GeometryField() outline?: Geometry
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `outline` ON `geometry_field_example` TYPE none | null | geometry
 * ```
 */
export function GeometryField(options?: FieldOptions<Geometry>): FieldDecorator<Geometry> {
  return decorator(ANY, options)
}

/**
 * A point, longitude first; stored as `geometry<point>`. With `coerce`, GeoJSON and `[longitude, latitude]` are taken as well.
 *
 * @example
 * ```ts
 * import { Collection, Document, PointField, type GeometryPoint } from 'surrealengine'
 *
 * @Collection('point_field_example')
 * class Place extends Document<Place>() {
 *   @PointField() position?: GeometryPoint
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `position` ON `point_field_example` TYPE none | null | geometry<point>
 * ```
 */
export function PointField(options?: FieldOptions<GeometryPoint>): FieldDecorator<GeometryPoint> {
  return decorator({ word: 'point', name: 'GeometryPoint', valueClass: GeometryPoint }, options)
}

/**
 * A line of two points or more; stored as `geometry<line>`. With `coerce`, GeoJSON is taken as well.
 *
 * @example
 * ```ts
 * import { Collection, Document, LineField, type GeometryLine } from 'surrealengine'
 *
 * @Collection('line_field_example')
 * class Road extends Document<Road>() {
 *   @LineField() course?: GeometryLine
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `course` ON `line_field_example` TYPE none | null | geometry<line>
 * ```
 */
export function LineField(options?: FieldOptions<GeometryLine>): FieldDecorator<GeometryLine> {
  return decorator({ word: 'line', name: 'GeometryLine', valueClass: GeometryLine }, options)
}

/**
 * An area: a closed ring, and rings of holes in it; stored as `geometry<polygon>`. With `coerce`, GeoJSON is taken as well.
 *
 * @example
 * ```ts
 * import { Collection, Document, PolygonField, type GeometryPolygon } from 'surrealengine'
 *
 * @Collection('polygon_field_example')
 * class Region extends Document<Region>() {
 *   @PolygonField() outline?: GeometryPolygon
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `outline` ON `polygon_field_example` TYPE none | null | geometry<polygon>
 * ```
 */
export function PolygonField(options?: FieldOptions<GeometryPolygon>): FieldDecorator<GeometryPolygon> {
  return decorator({ word: 'polygon', name: 'GeometryPolygon', valueClass: GeometryPolygon }, options)
}

/**
 * Several points; stored as `geometry<multipoint>`. With `coerce`, GeoJSON is taken as well.
 *
 * @example
 * ```ts
 * import { Collection, Document, MultiPointField, type GeometryMultiPoint } from 'surrealengine'
 *
 * @Collection('multi_point_field_example')
 * class Chain extends Document<Chain>() {
 *   @MultiPointField() shops?: GeometryMultiPoint
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `shops` ON `multi_point_field_example` TYPE none | null | geometry<multipoint>
 * ```
 */
export function MultiPointField(options?: FieldOptions<GeometryMultiPoint>): FieldDecorator<GeometryMultiPoint> {
  return decorator({ word: 'multipoint', name: 'GeometryMultiPoint', valueClass: GeometryMultiPoint }, options)
}

/**
 * Several lines; stored as `geometry<multiline>`. With `coerce`, GeoJSON is taken as well.
 *
 * @example
 * ```ts
 * import { Collection, Document, MultiLineField, type GeometryMultiLine } from 'surrealengine'
 *
 * @Collection('multi_line_field_example')
 * class Network extends Document<Network>() {
 *   @MultiLineField() roads?: GeometryMultiLine
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `roads` ON `multi_line_field_example` TYPE none | null | geometry<multiline>
 * ```
 */
export function MultiLineField(options?: FieldOptions<GeometryMultiLine>): FieldDecorator<GeometryMultiLine> {
  return decorator({ word: 'multiline', name: 'GeometryMultiLine', valueClass: GeometryMultiLine }, options)
}

/**
 * Several areas; stored as `geometry<multipolygon>`. With `coerce`, GeoJSON is taken as well.
 *
 * @example
 * ```ts
 * import { Collection, Document, MultiPolygonField, type GeometryMultiPolygon } from 'surrealengine'
 *
 * @Collection('multi_polygon_field_example')
 * class Country extends Document<Country>() {
 *   @MultiPolygonField() islands?: GeometryMultiPolygon
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `islands` ON `multi_polygon_field_example` TYPE none | null | geometry<multipolygon>
 * ```
 */
export function MultiPolygonField(options?: FieldOptions<GeometryMultiPolygon>): FieldDecorator<GeometryMultiPolygon> {
  return decorator({ word: 'multipolygon', name: 'GeometryMultiPolygon', valueClass: GeometryMultiPolygon }, options)
}

/**
 * Geometries of several kinds; stored as `geometry<collection>`. With `coerce`, GeoJSON is taken as well.
 *
 * @example
 * ```ts
 * import { Collection, Document, GeometryCollectionField, type GeometryCollection } from 'surrealengine'
 *
 * @Collection('geometry_collection_field_example')
 * class Map extends Document<Map>() {
 *   @GeometryCollectionField() shapes?: GeometryCollection
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `shapes` ON `geometry_collection_field_example` TYPE none | null | geometry<collection>
 * ```
 */
export function GeometryCollectionField(
  options?: FieldOptions<GeometryCollection>,
): FieldDecorator<GeometryCollection> {
  return decorator({ word: 'collection', name: 'GeometryCollection', valueClass: GeometryCollection }, options)
}
