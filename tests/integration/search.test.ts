import { beforeAll, expect, test } from '@jest/globals'
import {
  Analyzer,
  Collection,
  Document,
  FloatField,
  IntField,
  ListField,
  Max,
  SoftDelete,
  StringField,
  type TextOffset,
  UnsupportedError,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { numbersFrom } from '../support/numbers.js'

const words = new Analyzer('search_test_words', { tokenizers: ['blank', 'class'], filters: ['lowercase'] })
const fulltext = { analyzer: words, highlights: true }

@Collection('search_article')
class Article extends SoftDelete(Document<Article>()) {
  @StringField({ index: { fulltext } }) title?: string
  @StringField({ dbField: 'text', index: { fulltext } }) body?: string
  @ListField(StringField(), { index: { fulltext } }) tags?: string[]
  @IntField({ index: true }) group?: number
  @FloatField() weight?: number
}

const VOCABULARY = 'alpha beta gamma delta epsilon zeta eta theta iota kappa'.split(' ')

const next = numbersFrom(11)
const textOf = (length: number): string =>
  Array.from({ length }, () => VOCABULARY[Math.floor(next() * VOCABULARY.length)]).join(' ')
const articles = Array.from({ length: 90 }, (_, id) => ({
  id,
  ...(id % 7 !== 0 && { title: textOf(2) }),
  body: textOf(4 + (id % 3)),
  group: id % 4,
  deletedAt: id % 10 === 9 ? new Date(0) : undefined,
}))
const has = (text: string | undefined, ...wanted: string[]): boolean =>
  wanted.every((word) => text?.split(' ').includes(word))
const keysOf = (found: readonly { readonly id: { readonly id: unknown } }[]): number[] =>
  found.map(({ id }) => Number(id.id)).sort((left, right) => left - right)
const expected = (holds: (article: (typeof articles)[number]) => boolean): number[] =>
  articles.filter((article) => !article.deletedAt && holds(article)).map(({ id }) => id)

everywhere(
  'full-text search',
  (place) => {
    const { mode } = place
    beforeAll(async () => {
      await mode(Article).defineTable()
      await mode(Article.objects).bulkCreate(articles as never)
    })
    const found = async (queryset: { all(): unknown }): Promise<number[]> =>
      keysOf((await mode(queryset as typeof Article.objects).all()) as never)

    test('what was found has pages, by its score and by anything else', async () => {
      const alpha = Article.objects.search('alpha', { fields: ['body'] })
      for (const queryset of [alpha, alpha.orderBy('id'), alpha.orderBy('-group'), alpha.filter({ group: 1 })]) {
        const all = (await mode(queryset).all()).map(({ id, score }) => [id.id, score])
        expect(all.length).toBeGreaterThan(3)
        const iterated: unknown[] = []
        for await (const { id, score } of mode(queryset).iterate({ batchSize: 4 })) iterated.push([id.id, score])
        expect(iterated.map(String).sort()).toEqual(all.map(String).sort())
        const page = await mode(queryset).cursor({ first: 3 })
        const next = await mode(queryset).cursor({ first: 3, after: page.endCursor })
        expect([...page.items, ...next.items].map(({ id }) => id.id)).toEqual(
          iterated.slice(0, 6).map((each) => (each as unknown[])[0]),
        )
        const back = await mode(queryset).cursor({ last: 2, before: next.startCursor })
        expect(back.items.map(({ id }) => id.id)).toEqual(page.items.slice(1).map(({ id }) => id.id))
      }
    })

    test('finds the same as a loop, with filters, in one field, in any, and in all of them', async () => {
      const { objects } = Article
      const both = { title: 'alpha', body: 'beta' }
      expect(await found(objects.search('alpha', { fields: ['title'] }))).toEqual(
        expected(({ title }) => has(title, 'alpha')),
      )
      expect(await found(objects.search('alpha', { fields: ['title', 'body'] }))).toEqual(
        expected(({ title, body }) => has(title, 'alpha') || has(body, 'alpha')),
      )
      expect(await found(objects.search('alpha beta', { fields: ['body'] }))).toEqual(
        expected(({ body }) => has(body, 'alpha', 'beta')),
      )
      const either = found(objects.search('alpha beta', { fields: ['body'], match: 'or' }))
      if (place.isOldEngine) await expect(either).rejects.toThrow(UnsupportedError)
      else expect(await either).toEqual(expected(({ body }) => has(body, 'alpha') || has(body, 'beta')))
      expect(await found(objects.search(both))).toEqual(
        expected(({ title, body }) => has(title, 'alpha') && has(body, 'beta')),
      )
      expect(await found(objects.search(both).exclude({ group: 1 }))).toEqual(
        expected(({ title, body, group }) => group !== 1 && has(title, 'alpha') && has(body, 'beta')),
      )
      expect(await found(objects.filter({ group: 2 }).search('alpha'))).toEqual(
        expected(({ title, body, group }) => group === 2 && (has(title, 'alpha') || has(body, 'alpha'))),
      )
      expect(await found(objects.search('alpha').withDeleted())).toEqual(
        articles.filter(({ title, body }) => has(title, 'alpha') || has(body, 'alpha')).map(({ id }) => id),
      )
      expect(await found(objects.search('nothing'))).toEqual([])
      expect(await found(objects.search(''))).toEqual([])
    })

    test('gives the best first, in slices that do not overlap; the score is the sum over the fields', async () => {
      const all = await mode(Article.objects.search('alpha', { fields: ['title', 'body'] })).all()
      const scores = all.map(({ score }) => score)
      expect(scores).toEqual([...scores].sort((left, right) => right - left))
      expect(scores.at(0)).toBeGreaterThan(0)
      const first = await mode(Article.objects.search('alpha', { fields: ['title', 'body'] }).limit(5)).all()
      const second = await mode(
        Article.objects
          .search('alpha', { fields: ['title', 'body'] })
          .start(5)
          .limit(5),
      ).all()
      expect([...first, ...second].map(({ id }) => id)).toEqual(all.slice(0, 10).map(({ id }) => id))
      const parts = await Promise.all(
        (['title', 'body'] as const).map((name) => mode(Article.objects.search('alpha', { fields: [name] })).all()),
      )
      for (const { id, score } of all) {
        const own = parts.flat().filter((part) => part.id.equals(id))
        expect(score).toBeCloseTo(
          own.reduce((sum, each) => sum + each.score, 0),
          5,
        )
      }
      const ordered = await mode(Article.objects.search('alpha').orderBy('-id')).all()
      expect(keysOf(ordered)).toEqual(ordered.map(({ id }) => Number(id.id)).reverse())
    })

    test('the documents can be saved, and have what was found besides', async () => {
      await mode(Article).create({ id: 'list', title: 'É😀 omega', tags: ['omega one', 'two omega'] })
      const queryset = Article.objects.search('omega', { fields: ['title', 'tags'], highlight: true, offsets: true })
      const one = (await mode(queryset).first())!
      expect(one.highlights).toEqual({ title: 'É😀 <b>omega</b>', tags: ['<b>omega</b> one', 'two <b>omega</b>'] })
      expect(one.offsets.tags).toEqual([
        { start: 0, end: 5, item: 0 },
        { start: 4, end: 9, item: 1 },
      ])
      const [{ start, end }] = one.offsets.title as readonly [TextOffset]
      expect([...one.title!].slice(start, end).join('')).toBe('omega')
      expect(JSON.stringify(one)).not.toContain('score')
      expect(one.isDirty).toBe(false)
      one.weight = 2
      await mode(one).save()
      expect(await mode(Article.objects.search('omega')).count()).toBe(1)
      const marked = await mode(
        Article.objects.search({ title: 'omega' }, { highlight: { before: '[', after: ']' } }),
      ).get()
      expect([marked.weight, marked.highlights.title]).toEqual([2, 'É😀 [omega]'])
      const part = await mode(Article.objects.search('omega').only('title')).get()
      expect([part.title, (part as unknown as Article).weight]).toEqual(['É😀 omega', undefined])
      expect(part.score).toBeGreaterThan(0)
      expect(await mode(Article.objects.search('omega').pluck('title')).all()).toEqual(['É😀 omega'])
      expect(await mode(Article.objects.search('omega')).update({ weight: 3 })).toBe(1)
      expect(await mode(Article.objects.search('omega')).exists()).toBe(true)
      expect(await mode(Article.objects.search('omega')).hardDelete()).toBe(1)
      expect(await mode(Article.objects.search('omega')).last()).toBeNull()
    })

    test('what is said of each can be asked for, ordered by, filtered, grouped and made into something', async () => {
      const alpha = Article.objects.search('alpha', { fields: ['body'], highlight: true })
      const all = await mode(alpha).all()
      const plain = await mode(alpha.values('id', 'score', 'highlights')).all()
      expect(plain).toEqual(all.map(({ id, score, highlights }) => ({ id, score, highlights })))
      const whole = await mode(Article.objects.values('group').search('alpha', { fields: ['body'] })).all()
      expect(whole).toEqual(all.map(({ group, score }) => ({ group, score })))
      expect((await mode(alpha.asPlain()).first())?.score).toBe(all[0]!.score)
      const scores = all.map(({ score }) => score)
      expect(await mode(alpha.pluck('score')).all()).toEqual(scores)
      expect(await mode(alpha.orderBy('score', 'id').pluck('score')).all()).toEqual([...scores].reverse())
      const middle = scores[Math.floor(scores.length / 2)]!
      const better = scores.filter((score) => score > middle)
      expect(better.length).toBeGreaterThan(0)
      for (const queryset of [
        alpha.filter({ score__gt: middle }),
        alpha.where((article) => article.score.gt(middle)),
        alpha.exclude({ score__lte: middle }),
      ]) {
        expect(await mode(queryset.pluck('score')).all()).toEqual(better)
        expect(await mode(queryset).count()).toBe(better.length)
      }
      const twice = alpha.annotate({ twice: (article) => article.score.mul(2) }).filter({ twice__gt: middle * 2 })
      expect(await mode(twice.pluck('twice')).all()).toEqual(better.map((score) => score * 2))
      const even = all.filter(({ group }) => group === 2)
      const page = await mode(alpha.filter({ group: 2, score__gte: even.at(-1)!.score })).cursor({ first: 100 })
      expect(page.items.map(({ id }) => id)).toEqual(even.map(({ id }) => id))
      const ranked = alpha.annotate({ rank: (article) => article.score.mul(1) }).groupBy('group')
      const best = await mode(ranked.aggregate({ best: Max('rank') }).orderBy('group')).all()
      expect(best.map((row) => row.best)).toEqual(
        [0, 1, 2, 3].map((wanted) => all.find(({ group }) => group === wanted)!.score),
      )
      const { queryset } = alpha.grid(
        { sort: '-score', score__gte: String(middle) },
        { filterable: ['score'], sortable: ['score'] },
      )
      expect((await mode(queryset.pluck('score')).all()).length).toBeGreaterThan(better.length)
    })

    if (place.modeName === 'async' && !place.isOldEngine)
      test('sees what the transaction wrote', async () => {
        const found: string[] = []
        await place.connection
          .transaction(async () => {
            await Article.create({ id: 'new', title: 'sigma' } as never)
            found.push(...(await Article.objects.search('sigma')).map(({ id }) => String(id.id)))
            throw new Error('undo')
          })
          .catch(() => {})
        expect(found).toEqual(['new'])
      })
  },
  ['mem', 'ws'],
)
