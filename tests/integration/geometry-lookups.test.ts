import { beforeAll, expect, test } from '@jest/globals'
import assert from 'node:assert/strict'
import {
  Collection,
  Document,
  Geometry,
  GeometryField,
  GeometryMultiPolygon,
  GeometryPoint,
  PointField,
  type GeometryPolygon,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { numbersFrom } from '../support/numbers.js'

@Collection('geometry_place')
class Place extends Document<Place>() {
  @PointField({ dbField: 'at' }) point?: GeometryPoint | null
  @GeometryField() shape?: Geometry
}

type Position = [number, number]

const next = numbersFrom(3)
const positionOf = (): Position => [next() * 340 - 170, next() * 160 - 80]
const positions = Array.from({ length: 150 }, positionOf)
const ring = (...corners: Position[]): Position[] => [...corners, corners[0]!]
const polygon = (...rings: Position[][]): GeometryPolygon =>
  Geometry.fromJSON({ type: 'Polygon', coordinates: rings } as never) as GeometryPolygon

const outer = ring([-100, -50], [80, -60], [120, 40], [10, 10], [-60, 70])
const hole = ring([-40, -30], [20, -30], [-10, 0])
const area = polygon(outer, hole)

/** Whether a ray to the right crosses the ring an odd number of times. */
function isInRing([x, y]: Position, corners: Position[]): boolean {
  let isInside = false
  for (let index = 1; index < corners.length; index++) {
    const [[fromX, fromY], [toX, toY]] = [corners[index - 1]!, corners[index]!]
    const crosses = fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX
    if (crosses) isInside = !isInside
  }
  return isInside
}

function haversine([fromX, fromY]: Position, [toX, toY]: Position): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const a =
    Math.sin(radians(toY - fromY) / 2) ** 2 +
    Math.cos(radians(fromY)) * Math.cos(radians(toY)) * Math.sin(radians(toX - fromX) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(a)))
}

const shapes = {
  square: polygon(ring([0, 0], [10, 0], [10, 10], [0, 10])),
  line: Geometry.fromJSON({
    type: 'LineString',
    coordinates: [
      [-5, 5],
      [15, 5],
    ],
  } as never),
  dots: Geometry.fromJSON({
    type: 'MultiPoint',
    coordinates: [
      [1, 1],
      [2, 2],
    ],
  } as never),
  dot: new GeometryPoint([3, 4]),
}

everywhere(
  'geometry lookups',
  (place) => {
    const { mode } = place
    const { objects } = Place
    const ids = async (filter: object): Promise<unknown[]> =>
      (await mode(objects.filter(filter as { readonly point?: GeometryPoint }).orderBy('id')).all()).map(
        ({ id }) => id.id,
      )
    const expected = (holds: (position: Position) => boolean): number[] =>
      [...positions.keys()].filter((index) => holds(positions[index]!))

    beforeAll(async () => {
      await mode(Place).defineTable()
      const points = positions.map((position, id) => ({ id, point: new GeometryPoint(position) }))
      const named = Object.entries(shapes).map(([id, shape]) => ({ id, shape }))
      await mode(objects).bulkCreate([...points, ...named, { id: 'null', point: null }] as never)
    })

    test('points within an area, its holes left out, are those that a ray finds', async () => {
      const inside = expected((each) => isInRing(each, outer) && !isInRing(each, hole))
      expect(inside.length).toBeGreaterThan(10)
      expect(await ids({ point__within: area })).toEqual(inside)
      expect(await ids({ point__inside: new GeometryMultiPolygon([area]) })).toEqual(inside)
      expect(await ids({ point__intersects: area })).toEqual(inside)
    })

    test('the distance is that on a sphere', async () => {
      for (const center of [
        [2.35, 48.85],
        [179, -10],
      ] as Position[]) {
        for (const metres of [1_500_000, 6_000_000]) {
          // none of them is so near to the circle that rounding decides
          const near = expected((each) => haversine(each, center) < metres)
          const far = expected((each) => haversine(each, center) > metres)
          expect(await ids({ point__distancelt: [center, metres] })).toEqual(near)
          expect(await ids({ point__distancelte: [new GeometryPoint(center), metres] })).toEqual(near)
          expect(await ids({ point__distancegt: [center, metres] })).toEqual(far)
          expect(await ids({ point__distancegte: [center, metres], point__within: area })).toEqual(
            far.filter((index) => isInRing(positions[index]!, outer) && !isInRing(positions[index]!, hole)),
          )
        }
        const ordered = await mode(objects.orderByDistance('point', center)).all()
        assert.equal(ordered.length, positions.length)
        const distances = positions.map((each) => haversine(each, center)).sort((left, right) => left - right)
        ordered.forEach(({ id, distance }, index) => {
          const own = haversine(positions[Number(id.id)]!, center)
          assert.ok(Math.abs(distance - own) <= own * 1e-4, `${distance} is not ${own}`)
          assert.ok(Math.abs(distance - distances[index]!) <= distance * 1e-4)
        })
        const [nearest] = await mode(objects.orderByDistance('point', new GeometryPoint(center)).limit(1)).all()
        expect(nearest!.id).toEqual(ordered[0]!.id)
      }
    })

    test('shapes of every kind', async () => {
      const wide = polygon(ring([-20, -20], [20, -20], [20, 20], [-20, 20]))
      expect(await ids({ shape__within: wide })).toEqual(['dot', 'dots', 'line', 'square'])
      expect(await ids({ shape__within: shapes.square })).toEqual(['dot', 'dots', 'square'])
      expect(await ids({ shape__contains: new GeometryPoint([5, 5]) })).toEqual(['line', 'square'])
      expect(await ids({ shape__intersects: shapes.line })).toEqual(['line', 'square'])
      expect(await ids({ shape__distancelt: [[3, 4], 1000] })).toEqual(['dot'])
      expect((await mode(objects.orderByDistance('shape', [3, 4])).all()).map(({ id }) => id.id)).toEqual(['dot'])
      expect(await ids({ shape: shapes.dot })).toEqual(['dot'])
    })
  },
  ['mem', 'ws'],
)
