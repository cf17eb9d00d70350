import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  Analyzer,
  Collection,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  Geometry,
  GeometryCollection,
  GeometryPoint,
  LineField,
  LookupError,
  PointField,
  SoftDelete,
  StringField,
  UnsupportedError,
  VectorField,
  type GeometryLine,
  type GeometryPolygon,
} from '../../../src/index.js'
import { buildDelete, buildSelect } from '../../../src/query/build-statements.js'
import type { Query } from '../../../src/query/query.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { afterWrites, dialectFor } from '../../../src/surrealql/dialect.js'

const analyzer = new Analyzer('unit_search_words', { tokenizers: ['class'], filters: ['lowercase'] })
const fulltext = { analyzer, highlights: true }

@Embeddable()
class Page extends EmbeddedDocument<Page>() {
  @StringField({ index: { fulltext } }) text?: string
}

@Collection('found')
class Found extends SoftDelete(Document<Found>()) {
  @StringField({ dbField: 'head line', index: { fulltext } }) title?: string
  @StringField({ index: { fulltext: { analyzer } } }) body?: string
  @StringField() note?: string
  @EmbeddedField(() => Page) page?: Page
  @VectorField(2, { index: { hnsw: { dimension: 2, distance: { minkowski: 3 } } } }) near?: number[]
  @VectorField(2, { index: { hnsw: { dimension: 2, distance: 'pearson' } } }) alike?: number[]
  @VectorField(2, { dbField: 'plain vector', type: 'I16' }) plain?: number[]
  @PointField({ dbField: 'at' }) place?: GeometryPoint
  @LineField() course?: GeometryLine
}

@Collection('taken')
class Taken extends Document<Taken>() {
  @StringField({ index: { fulltext } }) title?: string
  @StringField() score?: string
  @StringField({ dbField: '__distance' }) other?: string
  @PointField() place?: GeometryPoint
}

const found = Found.objects.withDeleted()
const text = (queryset: { toSurrealQL(): { readonly query: string } }) => queryset.toSurrealQL().query
const queryOf = (queryset: object): Query => (queryset as { parts: { query: Query } }).parts.query
const SECRET = 'sEcReT-4711'

describe('the text', () => {
  const byScore = 'ORDER BY `__score` DESC, `id` ASC'
  const byDistance = 'ORDER BY `__distance` ASC, `id` ASC'
  it.each([
    [
      found.search('x', { fields: ['title'] }),
      'SELECT * FROM (SELECT *, search::score(0) AS `__score` FROM `found` WHERE (`head line` @0@ $p0)) ' + byScore,
    ],
    [
      found.search('x', { match: 'or' }),
      'SELECT * FROM (SELECT *, (search::score(0) + search::score(1)) AS `__score` FROM `found` ' +
        'WHERE ((`head line` @0,OR@ $p0) OR (`body` @1,OR@ $p1))) ' +
        byScore,
    ],
    [
      found.search({ title: 'x', page__text: 'y' }, { highlight: true, offsets: true }).limit(2),
      'SELECT * FROM (SELECT *, (search::score(0) + search::score(1)) AS `__score`, ' +
        '[search::highlight($p0, $p1, 0), search::highlight($p2, $p3, 1)] AS `__highlights`, ' +
        '[search::offsets(0), search::offsets(1)] AS `__offsets` FROM `found` ' +
        `WHERE ((\`head line\` @0@ $p4) AND !!(\`page\`.\`text\` @1@ $p5))) ${byScore} LIMIT $p6`,
    ],
    [
      Found.objects
        .filter({ note: 'n' })
        .search('x', { fields: ['body'] })
        .orderBy('title')
        .only('note'),
      'SELECT `id`, `note`, `__score` FROM (SELECT * FROM (SELECT *, search::score(0) AS `__score` FROM `found` ' +
        'WHERE ((`body` @0@ $p0) AND ((`deletedAt` ?? NONE) = NONE) AND (`note` = $p1))) ORDER BY `head line` ASC)',
    ],
    [
      found.search('x', { fields: ['title'] }).values('note', 'score'),
      'SELECT `note` AS `note`, `__score` AS `score` FROM (SELECT * FROM (SELECT *, search::score(0) AS `__score` ' +
        `FROM \`found\` WHERE (\`head line\` @0@ $p0)) ${byScore})`,
    ],
    [
      found
        .search('x', { fields: ['title'] })
        .filter({ note: 'n', score__gte: 1 })
        .orderBy('-score')
        .limit(1),
      'SELECT * FROM (SELECT *, search::score(0) AS `__score` FROM `found` WHERE ((`head line` @0@ $p0) AND (`note` = $p1))) ' +
        'WHERE (`__score` >= $p2) ORDER BY `__score` DESC LIMIT $p3',
    ],
    [
      found.nearest('near', [1, 2], { k: 5 }).filter({ note: 'n' }).start(1),
      'SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `found` WITH INDEX `found_near_hnsw` ' +
        `WHERE ((\`note\` = $p0) AND (\`near\` <|5,100|> $p1))) ${byDistance} START $p2`,
    ],
    [
      found.nearest('near', [1, 2], { k: 500 }),
      'SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `found` WITH INDEX `found_near_hnsw` ' +
        `WHERE (\`near\` <|500,500|> $p0)) ${byDistance}`,
    ],
    [
      found.nearest('near', [1, 2]).noIndex(),
      'SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `found` WITH NOINDEX ' +
        `WHERE (\`near\` <|10,MINKOWSKI 3|> $p0)) ${byDistance}`,
    ],
    [
      found.nearest('near', [1, 2], { ef: 20, metric: { minkowski: 3 } }).withIndex('found_near_hnsw'),
      'SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `found` WITH INDEX `found_near_hnsw` ' +
        `WHERE (\`near\` <|10,20|> $p0)) ${byDistance}`,
    ],
    [
      found.nearest('alike', [1, 2], { metric: 'chebyshev' }),
      'SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `found` ' +
        `WHERE (\`alike\` <|10,CHEBYSHEV|> $p0)) ${byDistance}`,
    ],
    [
      found.nearest('plain', new Float32Array([1, 2])).version(new Date(0)),
      'SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `found` ' +
        `WHERE (\`plain vector\` <|10,EUCLIDEAN|> $p0) VERSION $p1) ${byDistance}`,
    ],
    [
      found.orderByDistance('place', [1, 2]).pluck('note'),
      'SELECT VALUE `note` FROM (SELECT * FROM (SELECT *, geo::distance(`at`, $p0) AS `__distance` FROM `found` ' +
        `WHERE type::is_point(\`at\`)) ${byDistance})`,
    ],
    [
      found.filter({ place__distancelt: [[1, 2], 3] }),
      'SELECT * FROM `found` WHERE (type::is_point(`at`) AND (geo::distance(`at`, $p0) < $p1))',
    ],
    [
      found.filter({ place__within: new GeometryPoint([1, 2]), course__intersects: new GeometryPoint([1, 2]) }),
      'SELECT * FROM `found` WHERE ((`at` INSIDE $p0) AND (`course` INTERSECTS $p1))',
    ],
    [
      found.filter({ course__contains: new GeometryPoint([1, 2]) }),
      'SELECT * FROM `found` WHERE (`course` CONTAINS $p0)',
    ],
  ])('%#', (queryset, expected) => {
    expect(text(queryset)).toBe(expected)
  })

  const hybrid = found.hybrid({ search: ['x', { fields: ['title'] }], nearest: ['near', [1, 2]], constant: 9 })

  it('of a hybrid search', () => {
    const { query, bindings } = hybrid.toSurrealQL()
    expect(query).toBe(
      'SELECT * FROM search::rrf([' +
        '(SELECT * FROM (SELECT *, search::score(0) AS `__score` FROM `found` WHERE (`head line` @0@ $p0)) ' +
        `${byScore} LIMIT $p1), ` +
        '(SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `found` WITH INDEX `found_near_hnsw` ' +
        `WHERE (\`near\` <|10,100|> $p2)) ${byDistance} LIMIT $p3)], $p4, $p5) ORDER BY \`rrf_score\` DESC, \`id\` ASC`,
    )
    expect(Object.values(bindings)).toEqual(['x', 10, [1, 2], 10, 20, 9])
  })

  it('of a hybrid search with weights', () => {
    const weights = [1, 2] as const
    const { query, bindings } = found
      .hybrid({ search: ['x', { fields: ['title'] }], nearest: ['near', [1, 2]], weights, scale: 'zscore' })
      .toSurrealQL()
    expect(query).toBe(
      'SELECT * FROM search::linear([' +
        '(SELECT * FROM (SELECT *, search::score(0) AS `score` FROM `found` WHERE (`head line` @0@ $p0)) ' +
        'ORDER BY `score` DESC, `id` ASC LIMIT $p1), ' +
        '(SELECT * FROM (SELECT *, vector::distance::knn() AS `distance` FROM `found` WITH INDEX `found_near_hnsw` ' +
        'WHERE (`near` <|10,100|> $p2)) ORDER BY `distance` ASC, `id` ASC LIMIT $p3)], $p4, $p5, $p6) ORDER BY `linear_score` DESC, `id` ASC',
    )
    expect(Object.values(bindings)).toEqual(['x', 10, [1, 2], 10, [1, 2], 20, 'zscore'])
  })

  it('of what is far away first', () => {
    expect(text(found.orderByDistance('-place', [1, 2]).limit(1))).toContain(
      'ORDER BY `__distance` DESC, `id` ASC LIMIT',
    )
  })

  it('in a transaction that has written looks at every record: the index does not know what was written', () => {
    const select = buildSelect(queryOf(found.nearest('near', [1, 2])))
    expect(compile(select, afterWrites(dialectFor('3.0.2'))).query).toContain('<|10,MINKOWSKI 3|>')
  })

  it('for version 2 says that all of several matches have to hold as it is', () => {
    const select = buildSelect(queryOf(found.search({ title: 'x', body: 'y' })))
    expect(compile(select, dialectFor('2.6.0')).query).toContain('WHERE ((`head line` @0@ $p0) AND (`body` @1@ $p1))')
  })

  it('for version 2 has no hybrid searches and no searches for any of the words', () => {
    const old = dialectFor('2.6.0')
    expect(() => compile(buildSelect(queryOf(hybrid)), old)).toThrow(UnsupportedError)
    expect(() => compile(buildSelect(queryOf(found.search('x', { match: 'or' }))), old)).toThrow('3.0')
    expect(compile(buildSelect(queryOf(found.filter({ place__distancelt: [[1, 2], 3] }))), old).query).toContain(
      'type::is::point(`at`)',
    )
  })
})

it('a write names what was found by a sub-select', () => {
  const target = buildDelete(queryOf(found.nearest('near', [1, 2], { k: 1 })))
  expect(compile(target, dialectFor('3.0.2')).query).toBe(
    'DELETE (SELECT VALUE `id` FROM (SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `found` ' +
      'WITH INDEX `found_near_hnsw` WHERE (`near` <|1,100|> $p0)) ORDER BY `__distance` ASC, `id` ASC) ' +
      'WHERE (`__distance` != NONE)) RETURN VALUE true',
  )
  expect(
    text(found.nearest('near', [1, 2]).filter({ distance__ne: 3, note: 'n' }).filter({ distance__gte: 1 })),
  ).toContain(
    'WHERE ((`note` = $p0) AND (`near` <|10,100|> $p1))) WHERE ((`__distance` != $p2) AND (`__distance` >= $p3)) ORDER BY',
  )
})

describe('a LookupError before anything is sent', () => {
  const cyclic = new GeometryCollection([new GeometryPoint([1, 2])])
  ;(cyclic.collection as unknown[])[0] = cyclic
  const bad = (value: unknown) => value as never
  it.each<[work: () => unknown, code: string, message: string]>([
    [
      () => found.pluck('note').search(SECRET, { fields: ['title'] }),
      'INVALID_VALUE',
      'call the search before pluck()',
    ],
    [() => found.search(SECRET, { fields: ['title'] }).only('score' as never), 'UNKNOWN_FIELD', 'no field "score"'],
    [() => found.filter({ score__gt: 1 } as never), 'UNKNOWN_FIELD', 'no field "score"'],
    [() => found.search(SECRET, { fields: ['note'] }), 'UNKNOWN_INDEX', 'Found.note has no full-text index'],
    [() => found.search(SECRET, { fields: [bad('nope')] }), 'UNKNOWN_FIELD', '"nope"'],
    [() => found.search(bad({ title: 5 })), 'INVALID_VALUE', 'Found: search() takes words'],
    [() => found.search({}), 'INVALID_VALUE', 'Found: search() takes words'],
    [() => found.search(bad(undefined)), 'INVALID_VALUE', 'Found: search() takes words'],
    [() => found.search(SECRET, { fields: [] }), 'INVALID_VALUE', 'Found: search() takes words'],
    [() => found.search(SECRET, { match: bad('any') }), 'INVALID_VALUE', "'and' or 'or'"],
    [() => found.search(SECRET, { highlight: true }), 'UNKNOWN_INDEX', 'Found.body: its full-text index'],
    [() => found.search(SECRET).nearest('near', [1, 2]), 'INVALID_VALUE', 'hybrid()'],
    [() => Taken.objects.search(SECRET), 'INVALID_VALUE', 'Taken.score: documents that a search finds'],
    [() => Taken.objects.orderByDistance('place', [1, 2]), 'INVALID_VALUE', 'Taken.distance'],
    [() => found.nearest('near', [1, 2, 3]), 'INVALID_VALUE', 'Found.near: nearest() takes a list of 2 numbers'],
    [() => found.nearest('near', [1, NaN]), 'INVALID_VALUE', 'Found.near: nearest() takes a list of 2 numbers'],
    [() => found.nearest('near', [1, Infinity]), 'INVALID_VALUE', 'Found.near: nearest() takes a list of 2 numbers'],
    [() => found.nearest('near', bad(SECRET)), 'INVALID_VALUE', 'Found.near: nearest() takes a list of 2 numbers'],
    [() => found.nearest('plain', [1, 0.5]), 'INVALID_VALUE', 'Found.plain: nearest() takes a list of 2 numbers'],
    [() => found.nearest(bad('title'), [1, 2]), 'INVALID_VALUE', 'Found.title is no vector field'],
    [() => found.nearest('alike', [1, 2]), 'INVALID_VALUE', 'farthest'],
    [() => found.nearest('plain', [1, 2], { ef: 20 }), 'UNKNOWN_INDEX', 'there is none for this field'],
    [
      () => found.nearest('near', [1, 2], { ef: 20, metric: 'cosine' }),
      'UNKNOWN_INDEX',
      'there is none for this field',
    ],
    [() => found.nearest('near', [1, 2], { metric: bad('jaccard') }), 'INVALID_VALUE', 'takes the metric'],
    [() => found.nearest('near', [1, 2], { metric: { minkowski: NaN } }), 'INVALID_VALUE', 'takes the metric'],
    [
      () => found.hybrid({ search: ['x'], nearest: ['near', [1, 2]], weights: [1] as never }),
      'INVALID_VALUE',
      'takes two numbers as its weights',
    ],
    [
      () => found.hybrid({ search: ['x'], nearest: ['near', [1, 2]], weights: [1, NaN] }),
      'INVALID_VALUE',
      'takes two numbers as its weights',
    ],
    [
      () => found.hybrid({ search: ['x'], nearest: ['near', [1, 2]], weights: [1, 2], scale: 'max' as never }),
      'INVALID_VALUE',
      "'minmax' or 'zscore'",
    ],
    [
      () => found.hybrid({ search: ['x'], nearest: ['near', [1, 2]], constant: 0 }),
      'INVALID_VALUE',
      'Found: hybrid() takes a whole number',
    ],
    [() => found.orderByDistance(bad('course'), [1, 2]), 'INVALID_VALUE', 'Found.course holds no points'],
    [
      () => found.orderByDistance('place', [1, NaN]),
      'INVALID_VALUE',
      'takes a GeometryPoint, or [longitude, latitude]',
    ],
    [() => found.filter({ place__within: bad(SECRET) }), 'INVALID_VALUE', 'Found.place__within takes a geometry.'],
    [() => found.filter({ place__within: bad(cyclic) }), 'INVALID_VALUE', 'Found.place__within takes a geometry.'],
    [
      () => found.filter({ place__distancelt: [[1, 2], -1] }),
      'INVALID_VALUE',
      'takes a list of a GeometryPoint, or [longitude, latitude], and a distance in metres.',
    ],
    [() => found.filter({ place__distancelt: bad([[1, 2]]) }), 'INVALID_VALUE', 'distance in metres'],
    [() => found.filter(bad({ course__distancelt: [[1, 2], 3] })), 'UNKNOWN_LOOKUP', '"distancelt"'],
  ])('%#', (work, code, message) => {
    let error: unknown
    try {
      work()
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(LookupError)
    expect((error as LookupError).code).toBe(code)
    expect((error as LookupError).message).toContain(message)
    expect((error as LookupError).message).not.toContain(SECRET)
  })

  it('whatever number k or ef is, unless it is one the grammar takes', () => {
    const numbers = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, 1, -0, 2 ** 32, 2 ** 32 - 1, NaN))
    fc.assert(
      fc.property(numbers, numbers, (k, ef) => {
        const isTaken = Number.isInteger(k) && Number.isInteger(ef) && k >= 1 && ef >= k && ef < 2 ** 32
        try {
          const { query } = found.nearest('near', [1, 2], { k, ef }).toSurrealQL()
          return isTaken && query.includes(`<|${k},${ef}|>`)
        } catch (error) {
          return !isTaken && error instanceof LookupError
        }
      }),
    )
  })
})

it('geometries are bound as copies, an area as several ones', () => {
  const json = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  }
  const area = Geometry.fromJSON(json as never) as GeometryPolygon
  const { bindings } = found.filter({ place__within: area, place__intersects: area }).toSurrealQL()
  expect(JSON.parse(JSON.stringify(bindings))).toEqual({
    p0: { type: 'MultiPolygon', coordinates: [json.coordinates] },
    p1: json,
  })
  expect(bindings['p1']).not.toBe(area)
})
