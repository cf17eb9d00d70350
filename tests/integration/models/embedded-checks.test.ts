import { expect, test } from '@jest/globals'
import {
  AsyncInSyncError,
  Collection,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  ObjectField,
  OptionField,
  StringField,
  UnionField,
  Validate,
  ValidationError,
} from '../../../src/index.js'
import { everywhere } from '../../support/everywhere.js'
import { errorOf } from '../../support/error-of.js'

@Embeddable()
class Span extends EmbeddedDocument<Span>() {
  @IntField({ required: true }) from!: number
  @IntField({ required: true }) to!: number
  @Validate() endsAfterItBegins() {
    return this.to.toFixed() && this.to < this.from ? [{ path: 'to', message: 'is before the beginning' }] : undefined
  }
  @Validate() isShort() {
    return this.to - this.from > 100 ? 'is too long' : null
  }
}

@Embeddable()
class Shift extends EmbeddedDocument<Shift>() {
  @EmbeddedField(() => Span) span?: Span
  @Validate() isNoNight() {
    return this.span && this.span.from < 6 ? [{ path: ['span', 'from'], message: 'is at night' }] : []
  }
}

@Embeddable()
class Slow extends EmbeddedDocument<Slow>() {
  @StringField() name?: string
  @Validate() async isFine() {
    await Promise.resolve()
    return this.name === 'bad' ? [{ path: 'name', message: 'is bad' }] : []
  }
}

@Collection('embedded_checks_plan')
class Plan extends Document<Plan>() {
  @StringField() name?: string
  @EmbeddedField(() => Span) span?: Span
  @EmbeddedField(() => Shift) shift?: Shift
  @ListField(EmbeddedField(() => Span)) list?: Span[]
  @DictField(EmbeddedField(() => Span)) dict?: Record<string, Span>
  @OptionField(EmbeddedField(() => Span)) option?: Span
  @ObjectField({ inner: EmbeddedField(() => Span) }) object?: { inner?: Span | null | undefined }
  @UnionField(IntField(), EmbeddedField(() => Span)) either?: number | bigint | Span
  @EmbeddedField(() => Slow) slow?: Slow
  @Validate() hasName() {
    return this.name === 'no' ? 'has no name' : undefined
  }
}

const wrong = (): Span => new Span({ from: 9, to: 7 })
const issue = (...path: (string | number)[]): object => ({ path, code: 'custom', message: 'is before the beginning' })

everywhere(
  'checks of whole documents inside documents',
  ({ mode, modeName }) => {
    test.each<[string, () => object, object[]]>([
      ['a field', () => ({ span: wrong() }), [issue('span', 'to')]],
      ['a plain object', () => ({ span: { from: 9, to: 7 } }), [issue('span', 'to')]],
      ['a list', () => ({ list: [new Span({ from: 1, to: 2 }), wrong()] }), [issue('list', 1, 'to')]],
      ['a dict', () => ({ dict: { a: wrong() } }), [issue('dict', 'a', 'to')]],
      ['an option', () => ({ option: wrong() }), [issue('option', 'to')]],
      ['an object', () => ({ object: { inner: wrong() } }), [issue('object', 'inner', 'to')]],
      ['a union', () => ({ either: wrong() }), [issue('either', 'to')]],
      [
        'a document inside a document, and the document itself, from the inside out',
        () => ({ name: 'no', shift: new Shift({ span: new Span({ from: 5, to: 4 }) }) }),
        [
          issue('shift', 'span', 'to'),
          { path: ['shift', 'span', 'from'], code: 'custom', message: 'is at night' },
          { path: [], code: 'custom', message: 'has no name' },
        ],
      ],
      [
        'what is wrong with its fields is said instead of what a check makes of them',
        () => ({ span: { from: 1 } }),
        [{ path: ['span', 'to'], code: 'required', message: 'is required; give it a value' }],
      ],
      [
        'a message about the whole',
        () => ({ span: { from: 1, to: 500 } }),
        [{ path: ['span'], code: 'custom', message: 'is too long' }],
      ],
    ])('%s', async (_, fields, issues) => {
      expect(await errorOf(() => mode(Plan).create(fields()))).toMatchObject({ issues })
      expect(await errorOf(() => mode(new Plan(fields())).validate())).toMatchObject({ issues })
      const ofRow = (issues as { readonly path: readonly unknown[] }[]).map((issue) => ({
        ...issue,
        path: [0, ...issue.path],
      }))
      expect(await errorOf(() => mode(Plan.objects).bulkCreate([fields()]))).toMatchObject({ issues: ofRow })
    })

    test('run for what a partial update changes, and for nothing else', async () => {
      const plan = await mode(Plan).create({ span: { from: 1, to: 2 } as Span })
      await mode(plan).update({ span: { from: 9, to: 9 } as Span })
      expect(await errorOf(() => mode(plan).update({ span: wrong() }))).toMatchObject({ issues: [issue('span', 'to')] })
      plan.revert()
      plan.span!.to = 1
      expect(await errorOf(() => mode(plan).save())).toMatchObject({ issues: [issue('span', 'to')] })
      expect(await errorOf(() => mode(Plan.objects).update({ list: [wrong()] }))).toMatchObject({
        issues: [issue('list', 0, 'to')],
      })
      const other = await mode(Plan).get(plan.id)
      other.name = 'renamed'
      await mode(other).save()
    })

    test('may wait', async () => {
      const run = (): unknown => mode(Plan).create({ slow: new Slow({ name: 'bad' }) })
      const error = await errorOf(run)
      if (modeName === 'sync') expect(error).toBeInstanceOf(AsyncInSyncError)
      else expect(error).toMatchObject({ issues: [{ path: ['slow', 'name'], message: 'is bad' }] })
      if (modeName === 'sync') expect(error.message).toContain('Slow.isFine')
      else expect(error).toBeInstanceOf(ValidationError)
    })
  },
  ['mem'],
)

test('run in the zod schemas too', async () => {
  const { error } = Plan.zodSchema('update').safeParse({ list: [{ from: 9, to: 7 }] })
  expect(error!.issues.map(({ path, message }) => [path, message])).toEqual([
    [['list', 0, 'to'], 'is before the beginning'],
  ])
  const slow = await Plan.zodSchema('update').safeParseAsync({ slow: { name: 'bad' } })
  expect(slow.error!.issues.map(({ path }) => path)).toEqual([['slow', 'name']])
})
