/** The files of a program with so many models, by name: `model-0.ts` and so on. */
export function manyModels(count: number): ReadonlyMap<string, string> {
  return new Map(Array.from({ length: count }, (_, number) => [`model-${number}.ts`, modelFile(number, count)]))
}

/** A model of fourteen fields and a getter, linked to two others, with an embedded document, an edge, and what is done with them. */
function modelFile(number: number, count: number): string {
  const next = (number + 1) % count
  const far = (number + 7) % count
  return `import {
  Avg, BooleanField, ChoiceField, Collection, Count, DateTimeField, DecimalField, DictField, Document, Embeddable, EmbeddedDocument,
  EmbeddedField, FloatField, IntField, ListField, Max, ReferenceField, RelationDocument, StringField, Sum, UnionField,
  type Decimal, type Ref,
} from 'surrealengine'
import { Model${far} } from './model-${far}.js'
import { Model${next} } from './model-${next}.js'

@Embeddable()
export class Address${number} extends EmbeddedDocument<Address${number}>() {
  @StringField({ required: true }) city!: string
  @StringField() zip?: string
  @IntField() floor${number}?: number
}

@Collection('model_${number}', { schema: 'full', indexes: [{ fields: ['name', 'age'], unique: true }] })
export class Model${number} extends Document<Model${number}>() {
  @StringField({ required: true, maxLength: 80 }) name!: string
  @IntField({ min: 0, default: 0 }) age!: number
  @FloatField() score${number}?: number
  @BooleanField() active?: boolean
  @DateTimeField({ default: () => new Date() }) joined!: Date
  @DecimalField() amount?: Decimal
  @ChoiceField(['low', 'high']) level?: 'low' | 'high'
  @ListField(StringField()) tags?: string[]
  @DictField(IntField()) scores?: Record<string, number>
  @UnionField(IntField(), StringField()) either?: number | string
  @EmbeddedField(() => Address${number}) address?: Address${number}
  @ListField(EmbeddedField(() => Address${number})) addresses?: Address${number}[]
  @ReferenceField(() => Model${next}) next?: Ref<Model${next}>
  @ReferenceField(() => Model${far}, { onDelete: 'unset' }) far?: Ref<Model${far}>
  get label(): string {
    return this.name + this.age
  }
}

@Collection('knows_${number}', { in: () => Model${number}, out: () => Model${next} })
export class Knows${number} extends RelationDocument<Knows${number}, Model${number}, Model${next}>() {
  @DateTimeField() since?: Date
}

export async function use${number}(): Promise<unknown[]> {
  const address = new Address${number}({ city: 'Paris', floor${number}: 1 })
  const made = await new Model${number}({ name: 'Ann', age: 41, tags: ['a'], address }).save()
  const loaded = await Model${number}.getSync('ann').update({ score${number}: 1.5, level: 'high' })
  const found = await Model${number}.objects
    .filter({ age__gte: 18, name__startswith: 'A', address__city: 'Paris', level__in: ['low', 'high'] })
    .filter({ next__name: 'Bob', next__address__city: 'Rome', far__next__age__lt: 30 })
    .exclude({ active: false, tags__contains: 'b' })
    .orderBy('-age', 'address__city', 'next__name')
    .limit(10)
    .all()
  const changed: number = await Model${number}.objects.filter({ score${number}__isnull: true }).update({ age: 1 })
  const part = await Model${number}.objects.only('name', 'age', 'address').omit('age').first()
  const rows = await Model${number}.objects.values('name', 'address__city', 'next__name').distinct()
  const names: readonly string[] = await Model${number}.objects.pluck('name')
  const annotated = await Model${number}.objects
    .annotate({ length: 'name__len', tagCount: Count('tags'), loud: (model) => model.name.uppercase() })
    .filter({ tagCount__gt: 1 })
    .where((model) => model.age.gte(18).and(model.loud.startsWith('A')))
    .orderBy('-length')
    .first()
  const { total, mean } = await Model${number}.objects.aggregate({ total: Sum('age'), mean: Avg('score${number}') })
  const groups = await Model${number}.objects
    .groupBy('level', 'address__city')
    .aggregate({ people: Count(), oldest: Max('age') })
    .having({ people__gt: 1 })
    .orderBy('-people')
  const along = await Model${number}.objects.prefetch('next', 'next__far').first()
  const edge = await made.relate(Knows${number}, new Model${next}({ name: 'Bob' }), { since: new Date() })
  const edges = await made.out(Knows${number}).filter({ out__name: 'Bob', since__gt: new Date() }).orderBy('-since')
  const given = Model${number}.zodSchema('create').parse({})
  const shown = Model${number}.zodSchema('read').parse(loaded.toJSON())
  const asked = [part?.name, rows[0]?.address__city, names, annotated?.loud, annotated?.length, total, mean]
  const linked = [groups[0]?.oldest, groups[0]?.level, along?.next?.far?.name]
  return [found[0]!.label, changed, edge.since, edges.length, given.name, shown.joined, ...asked, ...linked]
}
`
}
