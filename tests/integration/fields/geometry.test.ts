import fc from 'fast-check'
import {
  GeometryCollection,
  GeometryCollectionField,
  GeometryField,
  GeometryLine,
  GeometryMultiLine,
  GeometryMultiPoint,
  GeometryMultiPolygon,
  GeometryPoint,
  GeometryPolygon,
  LineField,
  ListField,
  MultiLineField,
  MultiPointField,
  MultiPolygonField,
  PointField,
  PolygonField,
} from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const number = fc.double({ noNaN: true, min: -1e15, max: 1e15 }).map((value) => value + 0)
const points = fc.tuple(number, number).map((coordinates) => new GeometryPoint(coordinates))
const lines = fc.array(points, { minLength: 2, maxLength: 4 }).map((list) => new GeometryLine(list as never))
const polygons = fc
  .array(points, { minLength: 3, maxLength: 5 })
  .map((list) => new GeometryPolygon([new GeometryLine([...list, list[0]!] as never)]))
const some = <Item>(item: fc.Arbitrary<Item>) =>
  fc.array(item, { minLength: 1, maxLength: 3 }) as never as fc.Arbitrary<[Item]>
const multiPoints = some(points).map((list) => new GeometryMultiPoint(list))
const multiLines = some(lines).map((list) => new GeometryMultiLine(list))
const multiPolygons = some(polygons).map((list) => new GeometryMultiPolygon(list))
const simple = fc.oneof(points, lines, polygons, multiPoints, multiLines, multiPolygons)
const collections = fc
  .tuple(fc.array(simple, { maxLength: 3 }), fc.array(simple, { maxLength: 2 }))
  .map(([outer, inner]) => new GeometryCollection([...outer, new GeometryCollection(inner as never)] as never))

const point = (x: number, y: number) => new GeometryPoint([x, y])
const line = new GeometryLine([point(0, 0), point(1, 1.5)])
const polygon = new GeometryPolygon([new GeometryLine([point(0, 0), point(2, 0), point(2, 2), point(0, 0)])])
const everyKind = [
  point(1, 2),
  line,
  polygon,
  new GeometryMultiPoint([point(1, 2)]),
  new GeometryMultiLine([line]),
  new GeometryMultiPolygon([polygon]),
  new GeometryCollection([point(1, 2), line, new GeometryCollection([polygon])]),
] as const
const cyclic = new GeometryCollection([point(0, 0)])
cyclic.collection.push(cyclic)

fieldMatrix('PointField', {
  make: PointField,
  values: [point(0, 0), point(-180, 90), point(1e-9, 123.456)],
  refused: [
    [1, 2],
    { type: 'Point', coordinates: [1, 2] },
    line,
    point(NaN, 0),
    point(0, Infinity),
    'x',
    point('1' as never, 2),
  ],
  arbitrary: points,
})

fieldMatrix('LineField', {
  make: LineField,
  values: [line],
  refused: [point(0, 0), new GeometryLine([point(0, 0)] as never), new GeometryLine([] as never)],
  arbitrary: lines,
})

fieldMatrix('PolygonField', {
  make: PolygonField,
  values: [polygon],
  refused: [line, new GeometryPolygon([] as never)],
  arbitrary: polygons,
})

fieldMatrix('MultiPointField', {
  make: MultiPointField,
  values: [everyKind[3], new GeometryMultiPoint([point(0, 0), point(0, 0)])],
  refused: [point(0, 0), [point(0, 0)], new GeometryMultiPoint([point(NaN, 0)])],
  arbitrary: multiPoints,
})
fieldMatrix('MultiLineField', {
  make: MultiLineField,
  values: [everyKind[4], new GeometryMultiLine([line, line])],
  refused: [line, everyKind[3], new GeometryMultiLine([new GeometryLine([point(0, 0)] as never)])],
  arbitrary: multiLines,
})
fieldMatrix('MultiPolygonField', {
  make: MultiPolygonField,
  values: [everyKind[5], new GeometryMultiPolygon([polygon, polygon])],
  refused: [polygon, new GeometryMultiPolygon([new GeometryPolygon([] as never)])],
  arbitrary: multiPolygons,
})

fieldMatrix('GeometryCollectionField', {
  make: GeometryCollectionField,
  values: [everyKind[6], new GeometryCollection([] as never)],
  refused: [point(0, 0), cyclic, new GeometryCollection([point(NaN, 0)])],
  arbitrary: collections,
})

fieldMatrix('GeometryField', {
  make: GeometryField,
  values: everyKind,
  refused: ['x', {}, point(NaN, 0), cyclic],
  arbitrary: fc.oneof(points, lines, polygons, multiPoints, multiLines, multiPolygons, collections),
})

fieldMatrix('ListField of points', {
  make: (options) => ListField(PointField(), options),
  values: [[], [point(1, 2), point(0, 0)]],
  refused: [[[1, 2]], [line]],
  arbitrary: fc.array(points, { maxLength: 5 }),
})
