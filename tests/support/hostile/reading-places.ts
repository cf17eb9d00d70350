import {
  ArrayCollect,
  Count,
  CountIf,
  F,
  First,
  GroupConcat,
  Incoming,
  literal,
  Max,
  Percentile,
  Q,
  RecordId,
  Sum,
  SumIf,
  surql,
  when,
} from '../../../src/index.js'
import type { Key, OrderedQuery } from '../../../src/query/ordered-query.js'
import { inComparableOrder } from '../../../src/query/ordered-query.js'
import { writeCursor } from '../../../src/persistence/cursor-text.js'
import type { Query } from '../../../src/query/query.js'
import type { Chain, Fields, World } from './world.js'

/** Sends what it is about, with the names and values of a world. */
export type Place = (world: World) => unknown

const queryOf = (queryset: Chain): Query =>
  (queryset as unknown as { readonly parts: { readonly query: Query } }).parts.query

/** A cursor that an attacker made: with the right checksum, and whatever values. */
function forged(queryset: Chain, key: Key): string {
  const ordered: OrderedQuery = inComparableOrder(queryOf(queryset), 'cursor')
  return writeCursor(ordered, key)
}

const incoming = (queryset: Chain): unknown => Incoming(queryset as never, 'boss' as never)

/** Every place of a queryset that takes a name, which may be refused, or a value, which may not. */
export const readingPlaces: Readonly<Record<string, Place>> = {
  'a filter': ({ objects, key, value }) =>
    objects
      .filter({ text: value, [`counts__${key}`]: 1, tags__contains: value, homes__any__city: value, id: value })
      .allSync(),
  lookups: ({ objects, key, value }) =>
    objects
      .filter({ text__in: [value, value], text__icontains: value, text__regex: value, tags__any__startswith: value })
      .exclude({ counts__haskey: value, [`counts__${key}__gte`]: 2, text__between: [value, value], text__len: 3 })
      .exclude({ text__iexact: value, text__endswith: value, tags__containsnone: [value], text__ne: value })
      .countSync(),
  'filters with Q': ({ objects, value }) =>
    objects
      .filter(
        Q({ text: value })
          .or({ tags__containsany: [value] })
          .not(),
      )
      .existsSync(),
  'a field nobody declared': ({ unknown, key, value }) =>
    unknown
      .filter({ [key]: value, [`${key}__gt`]: 1 })
      .orderBy(`-${key}`)
      .values('text', key)
      .allSync(),
  'an order': ({ objects, key }) =>
    objects.orderBy('-text', `counts__${key}`, 'boss__text', { collate: true }).limit(1).start(2).lastSync(),
  'options of an order': ({ objects, value }) => objects.orderBy('text', { collate: value, numeric: value }).allSync(),
  values: ({ objects, key }) => objects.values('text', `counts__${key}`, 'tags__0', 'boss__text').allSync(),
  'single values': ({ objects, key }) => objects.orderBy('text').pluck(`counts__${key}`).allSync(),
  'distinct values': ({ objects, key }) =>
    objects.values(`counts__${key}`).distinct().orderBy(`counts__${key}`).countSync(),
  'some fields': ({ objects }) => objects.only('text', 'counts').split('tags').omit('number').allSync(),
  'words of a search': ({ objects, value }) => objects.search(value).limit(3).allSync(),
  'options of a search': ({ objects, value }) =>
    objects
      .search(value, { fields: ['text'], highlight: { before: value, after: value }, offsets: true, match: 'or' })
      .allSync(),
  'words for each field of a search': ({ objects, value }) =>
    objects.search({ text: value }).filter({ text: value }).allSync(),
  'what is near': ({ objects, value }) =>
    objects.filter({ text: value }).nearest('near', [1, 2], { k: 3, ef: 5 }).allSync(),
  'a hybrid search': ({ objects, value }) =>
    objects
      .filter({ text: value })
      .hybrid({ search: [value], nearest: ['near', [1, 2]] })
      .allSync(),
  'a distance': ({ objects, value }) =>
    objects
      .filter({ text: value, place__distancelt: [[1, 2], 3] })
      .orderByDistance('place', [1, 2])
      .allSync(),
  aggregates: ({ objects, key, value }) =>
    objects.aggregateSync({
      [`a${key}`]: Count(),
      [`b${key}`]: GroupConcat('text', value),
      [`c${key}`]: SumIf('number', { text: value }),
      [`d${key}`]: Sum(`counts__${key}`),
    }),
  'one aggregate': ({ objects, key }) => objects.sumSync(`counts__${key}`),
  groups: ({ objects, key, value }) =>
    objects
      .groupBy('text', `counts__${key}`)
      .aggregate({ [`m${key}`]: Max('number'), [`n${key}`]: CountIf(Q({ text: value })) })
      .having({ [`m${key}__gt`]: 1, text: value, [`counts__${key}`]: 1 })
      .orderBy(`-m${key}`, `counts__${key}`)
      .limit(3)
      .allSync(),
  'an order of what is made': ({ objects, key, value }) =>
    objects
      .orderBy(
        (u: Fields) => u.text.concat(value).len().desc(),
        (u: Fields) => u.counts.at(key),
      )
      .cursorSync({ first: 1 }),
  'expressions of texts': ({ objects, value }) =>
    objects
      .where((u: Fields) =>
        u.text
          .eq(value)
          .or(u.text.concat(value).replace(value, value).contains(value), u.text.matches('a'), u.text.in([value])),
      )
      .allSync(),
  'expressions of lists and dictionaries': ({ objects, key, value }) =>
    objects
      .where((u: Fields) =>
        u.counts
          .at(key)
          .gt(1)
          .and(
            u.tags.any((tag: Chain) => tag.iContains(value)),
            u.counts.hasKey(value),
            u.tags.join(value).startsWith(value),
          ),
      )
      .firstSync(),
  'expressions without a model': ({ objects, key, value }) =>
    objects
      .where(() => (literal(value) as unknown as Chain).eq(value).and(F(`counts__${key}`).gt(1)))
      .filter({ number__gt: F(`counts__${key}`).add(1), text: F('text').concat(value) })
      .where((u: Fields) => (when(u.text.eq(value) as never, value, F('text') as never) as unknown as Chain).eq(value))
      .allSync(),
  'values that are made': ({ objects, key, value }) =>
    objects
      .annotate({
        [`a${key}`]: `counts__${key}`,
        [`b${key}`]: Count('tags'),
        [`c${key}`]: (u: Fields) => u.text.concat(value),
        [`d${key}`]: F('text').concat(value),
        [`e${key}`]: ArrayCollect('homes__city'),
      })
      .annotate({ [`f${key}`]: (u: Readonly<Record<string, Chain>>) => u[`c${key}`]!.uppercase() })
      .filter({ [`c${key}`]: value, [`a${key}__gt`]: 1 })
      .where((u: Readonly<Record<string, Chain>>) => u[`f${key}`]!.startsWith(value))
      .orderBy(`-c${key}`, `a${key}`)
      .values('text', `d${key}`)
      .allSync(),
  'a page of values that are made': ({ objects, key, value }) =>
    objects
      .annotate({ [`a${key}`]: (u: Fields) => u.text.concat(value), [`b${key}`]: First('tags') })
      .orderBy(`a${key}`)
      .only('text')
      .cursorSync({ first: 3 }),
  'links that are fetched': ({ objects, value }) =>
    objects.filter({ boss__text: value }).fetch('boss', 'friends', 'boss__boss').orderBy('boss__text').allSync(),
  'what is loaded along': ({ objects, value }) =>
    objects
      .prefetch('boss')
      .prefetch({ friends: objects.filter({ text: value }) })
      .allSync(),
  'what is incoming': ({ objects, key, value }) =>
    objects
      .prefetch({ [`i${key}`]: incoming(objects.filter({ text: value }).orderBy(`counts__${key}`).limit(2)) })
      .allSync(),
  'the query of a URL': ({ objects, key, value }) =>
    (
      objects.grid(
        { search: value, text: value, text__in: [value, value], [`counts__${key}`]: '1', sort: '-text', page: '2' },
        { searchable: ['text'], filterable: ['text', `counts__${key}`], sortable: ['text'] },
      ) as unknown as { readonly queryset: Chain }
    ).queryset.allSync(),
  'bindings of a query of one’s own': ({ objects, value }) =>
    objects.rawSync(surql`SELECT * FROM a WHERE b = ${value} AND c IN ${[value]}`, { plain: true }),
  'an index': ({ objects, index, value }) => objects.withIndex(index).filter({ text: value }).allSync(),
  'the place of a cursor': ({ objects, table, value }) => {
    const ordered = objects.orderBy('-text')
    return ordered.cursorSync({ first: 2, after: forged(ordered, [value, new RecordId(table, value)]) })
  },
  'the place of a cursor by ids': ({ objects, table, value }) =>
    objects.cursorSync({ last: 2, before: forged(objects, [new RecordId(table, value)]) }),
  'a numbered page': ({ objects, value }) =>
    objects.filter({ text: value }).orderBy('text').paginateSync({ page: 2, perPage: 3 }),
  'a stream': ({ objects, key, value }) =>
    objects.filter({ text: value }).orderBy(`counts__${key}`).iterateSync({ batchSize: 3 }).next(),
  'a plan': ({ objects, value }) => objects.filter({ text: value }).explainSync(),
  'what happens': ({ objects, value }) => objects.filter({ text: value, id: value }).liveSync(),
  'an id': ({ model, connection, value }) => model.getSync(value, { connection: connection as never }),
  'whether there is an id': ({ model, connection, value }) =>
    model.existsSync(value, { connection: connection as never }),
  'many ids': ({ objects, value }) => objects.inBulkSync([value, `${value}2`]),
}

/** Places that take names of the model, or of what there is: anything else is refused before it is sent. */
export const refusingPlaces: Readonly<Record<string, Place>> = {
  'a key of a filter': ({ objects, value }) => objects.filter({ [value]: 1 }).allSync(),
  'a lookup': ({ objects, value }) => objects.filter({ [`text__${value}`]: 1 }).allSync(),
  'a term of an order': ({ objects, value }) => objects.orderBy(value).allSync(),
  'a path of values': ({ objects, value }) => objects.values(value).allSync(),
  'a path': ({ objects, value }) => objects.pluck(`homes__${value}`).allSync(),
  'a name of some fields': ({ objects, value }) => objects.only(value).allSync(),
  'a name that is left out': ({ objects, value }) => objects.omit(value).allSync(),
  'a list to split': ({ objects, value }) => objects.split(value).allSync(),
  'a field of a search': ({ objects, value }) => objects.search('a', { fields: [value] }).allSync(),
  'a field of words': ({ objects, value }) => objects.search({ [value]: 'a' }).allSync(),
  'how words match': ({ objects, value }) => objects.search('a', { match: value }).allSync(),
  'a field of vectors': ({ objects, value }) => objects.nearest(value, [1, 2]).allSync(),
  'a vector': ({ objects, value }) => objects.nearest('near', [value, value]).allSync(),
  'how many are near': ({ objects, value }) => objects.nearest('near', [1, 2], { k: value }).allSync(),
  'how many candidates': ({ objects, value }) => objects.nearest('near', [1, 2], { ef: value }).allSync(),
  'a metric': ({ objects, value }) => objects.nearest('near', [1, 2], { metric: value }).allSync(),
  'the order of a metric': ({ objects, value }) =>
    objects.nearest('near', [1, 2], { metric: { minkowski: value } }).allSync(),
  'the constant of a fusion': ({ objects, value }) =>
    objects.hybrid({ search: ['a'], nearest: ['near', [1, 2]], constant: value }).allSync(),
  'a field of points': ({ objects, value }) => objects.orderByDistance(value, [1, 2]).allSync(),
  'a point': ({ objects, value }) => objects.orderByDistance('place', [value, value]).allSync(),
  'a percentage': ({ objects, value }) => objects.aggregateSync({ a: Percentile('number', value as never) }),
  'a path of an aggregate': ({ objects, value }) => objects.aggregateSync({ a: Sum(value) }),
  'a filter of an aggregate': ({ objects, value }) => objects.aggregateSync({ a: CountIf({ [value]: 1 }) }),
  'a path of a group': ({ objects, value }) => objects.groupBy(value).aggregateSync({ a: Count() }),
  'a column of groups': ({ objects, value }) =>
    objects
      .groupBy('text')
      .aggregate({ a: Count() })
      .having({ [value]: 1 })
      .allSync(),
  'an order of groups': ({ objects, value }) =>
    objects.groupBy('text').aggregate({ a: Count() }).orderBy(value).allSync(),
  'a path that is made': ({ objects, value }) => objects.annotate({ a: value }).allSync(),
  'a field of an expression': ({ objects, value }) =>
    objects.where((u: Readonly<Record<string, Chain>>) => u[value]!.eq(1)).allSync(),
  'a method of an expression': ({ objects, value }) =>
    objects.where((u: Fields) => (u.text as unknown as Readonly<Record<string, () => unknown>>)[value]!()).allSync(),
  'a name without a model': ({ objects, value }) => objects.filter({ number: F(value) }).allSync(),
  'a link to fetch': ({ objects, value }) => objects.fetch(`boss__${value}`).allSync(),
  'a link to load along': ({ objects, value }) => objects.prefetch(value).allSync(),
  'a link that leads here': ({ objects, value }) =>
    objects.prefetch({ a: Incoming(objects as never, value as never) }).allSync(),
  'a name in a URL': ({ objects, value }) => objects.grid({ [value]: '1' }, { filterable: ['text'] }),
  'a lookup in a URL': ({ objects, value }) => objects.grid({ [`text__${value}`]: '1' }, { filterable: ['text'] }),
  'an order in a URL': ({ objects, value }) => objects.grid({ sort: value }, { sortable: ['text'] }),
  'a page in a URL': ({ objects, value }) => objects.grid({ page: value, perPage: value }, {}),
  'the name of an index': ({ objects, value }) => objects.withIndex(value).allSync(),
  'text of a cursor': ({ objects, value }) => objects.orderBy('text').cursorSync({ first: 2, after: value }),
  'a limit': ({ objects, value }) => objects.limit(value).allSync(),
  'a start': ({ objects, value }) => objects.start(value).allSync(),
  'a time limit': ({ objects, value }) => objects.timeout(value).allSync(),
  'a moment': ({ objects, value }) => objects.version(value).allSync(),
  'a page': ({ objects, value }) => objects.paginateSync({ page: value, perPage: 1 }),
  'a batch': ({ objects, value }) => objects.iterateSync({ batchSize: value }).next(),
  'text of a query of one’s own': ({ objects, value }) => objects.rawSync(value),
  'an object for a query of one’s own': ({ objects, value }) => objects.rawSync({ query: value, bindings: {} }),
  'actions that are followed': ({ objects, value }) =>
    (objects.liveSync as unknown as (options: object) => unknown)({ action: value }),
}
