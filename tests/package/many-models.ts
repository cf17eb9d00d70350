/** The files of a program with so many models, by name: `model-0.ts` and so on. */
export function manyModels(count: number): ReadonlyMap<string, string> {
  return new Map(Array.from({ length: count }, (_, number) => [`model-${number}.ts`, modelFile(number, count)]))
}

/** A model of fourteen fields and a getter, linked to two others, with an embedded document, an edge, and what is done with them. */
function modelFile(number: number, count: number): string {
  const next = (number + 1) % count
  const far = (number + 7) % count
  return `import {
  BooleanField, ChoiceField, Collection, DateTimeField, DecimalField, DictField, Document, Embeddable, EmbeddedDocument,
  EmbeddedField, FloatField, IntField, ListField, ReferenceField, RelationDocument, StringField, UnionField,
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
  const edge = await made.relate(Knows${number}, new Model${next}({ name: 'Bob' }), { since: new Date() })
  const edges = await made.out(Knows${number}).filter({ out__name: 'Bob', since__gt: new Date() }).orderBy('-since')
  const given = Model${number}.zodSchema('create').parse({})
  const shown = Model${number}.zodSchema('read').parse(loaded.toJSON())
  return [found[0]!.label, changed, edge.since, edges.length, given.name, shown.joined]
}
`
}
