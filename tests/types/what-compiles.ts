import type { RecordBatch, Table as TableOfArrow } from 'apache-arrow'
import type { CacheStore, CursorPage, Manager, Page, QuerySet, Range, Table } from 'surrealengine'
import {
  Analyzer,
  AnyField,
  BigIntField,
  ArrayCollect,
  Avg,
  BooleanField,
  BytesField,
  ChoiceField,
  Collection,
  type CompiledQuery,
  Count,
  CountIf,
  DatabaseFunction,
  DateTime,
  DateTimeField,
  Decimal,
  DecimalField,
  defineTables,
  Document,
  type DocumentBase,
  Duration,
  DurationField,
  EmailField,
  type ExpressionOf,
  F,
  First,
  FileField,
  FileRef,
  GroupConcat,
  IntField,
  IPAddressField,
  ListField,
  MemoryStore,
  literal,
  LiteralField,
  now,
  Max,
  NumberField,
  type Condition,
  type OrderTerm,
  Q,
  random,
  RangeField,
  RecordId,
  ReferenceField,
  SetField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  Incoming,
  type RecordKey,
  type Ref,
  RegexField,
  Sequence,
  SlugField,
  StringField,
  Sum,
  SumIf,
  surql,
  TableField,
  when,
  URLField,
  Uuid,
  UUIDField,
  type GeometryPoint,
  type GeometryPolygon,
  type TextOffset,
} from 'surrealengine'
import { z } from 'zod'
import { holds, type IsAny, type Same } from './exact-type.js'
import { Buys, type Country, Island, Knows, Log, Note, Post } from './mixed-models.js'
import { Address, Customer, Holder, Shop, Vip } from './shop-models.js'

/** Never run: that it compiles, under both decorator systems, is the test. */
export function filters(): void {
  const customers = Customer.objects
  customers.filter({})
  customers.filter({ name: 'Ann', age__gte: 18, points__lt: 5n, height__exact: null, active: false, kind: 'a' })
  customers.filter({ born__lte: new Date(), kind__in: ['a', 'b'], age__in: [1, 2, 3], name__isnull: true })
  customers.filter({ name__contains: 'n', name__startswith: 'A', tags__contains: 'x', tags: ['a'] })
  customers.filter({ homes__contains: new Address({ city: 'Paris' }), address: new Address() })
  customers.filter({ address__city: 'Paris', address__floor__gt: 2, address__city__startswith: 'P' })
  customers.filter({ shop: new RecordId('types_shop', 1), shop__in: [new Shop()], shop__isnull: false })
  customers.filter({ shop__name: 'x', shop__name__contains: 'x', shop__address__city__ne: 'Paris' })
  customers.filter({ shop__owner__age__gte: 18, shop__owner__shop__name: 'x' })
  customers.filter({ id: 'ann', id__in: ['ann', 7, new RecordId('types_customer', 1)], id__gt: 'a', shop__id: 'x' })
  customers.filter({ subject: new RecordId('any', 1), subject__ne: null })
  customers.exclude({ name: 'Ann' }).filter({ age__gte: 18 } as const)
  const readonly: readonly string[] = ['a']
  customers.filter({ name__in: readonly })
  const terms = { age__gte: 18, name: 'Ann' }
  customers.filter(terms)
  Vip.objects.filter({ level__gte: 1, name__startswith: 'A', shop__name: 'x' })
  holds<Same<ReturnType<typeof customers.limit>, Manager<Customer>>>()
  holds<Same<typeof customers, Manager<Customer>>>()
  holds<Same<ReturnType<typeof customers.toSurrealQL>, CompiledQuery>>()
}

export function steps(): void {
  const customers = Customer.objects
  customers.filter({ tags__0: 'a', tags__any__startswith: 'a', tags__all__len__gte: 1, tags__len: 2, name__len__lt: 3 })
  customers.filter({ homes__city: 'x', homes__any__city__icontains: 'x', homes__0__city__ne: 'x', name__regex: /a/ })
  customers.filter({ age__between: [1, 2], name__nin: ['a'], tags__containsany: ['a'], tags__containsnone: [] })
  customers.filter(
    Q({ name: 'a' })
      .or({ age__gte: 1 })
      .and(Q({ shop__name: 'x' }).not()),
  )
  customers.exclude(Q({ name: 'a' }))
  const condition: Condition<{ readonly age: 1 } | { readonly name: 'x' }> = Q({ age: 1 }).or({ name: 'x' })
  customers.filter(condition)
}

export async function rows(): Promise<void> {
  const customers = Customer.objects
  const [partial] = await customers.only('name', 'age')
  type Loaded = Extract<keyof NonNullable<typeof partial>, 'id' | 'name' | 'age' | 'tags' | 'shop' | 'address' | 'save'>
  holds<Same<Loaded, 'id' | 'name' | 'age' | 'save'>>()
  await partial?.save()
  const plain = await customers.values('name', 'address__city', 'shop__owner__age').first()
  holds<
    Same<
      typeof plain,
      { name: Customer['name']; address__city: string | undefined; shop__owner__age: number | undefined } | null
    >
  >()
  const cities = await customers.pluck('address__city')
  holds<Same<typeof cities, (string | undefined)[]>>()
  const tag = customers.pluck('tags__0').firstSync()
  holds<Same<typeof tag, string | undefined | null>>()
  const everything = customers.asPlain().getSync()
  holds<Same<(typeof everything)['name'], Customer['name']>>()
  const without = customers.omit('name').getSync()
  holds<Same<'name' extends keyof typeof without ? true : false, false>>()
}

export async function fetched(): Promise<void> {
  const customer = await Customer.objects.fetch('shop__owner').get()
  holds<Same<NonNullable<typeof customer.shop>['name'], Shop['name']>>()
  holds<Same<NonNullable<NonNullable<typeof customer.shop>['owner']>['age'], Customer['age']>>()
  await customer.shop?.owner?.save()
  const holder = Holder.objects.fetch('shops').getSync()
  holds<Same<typeof holder.shops, Shop[] | undefined>>()
  const plain = Customer.objects.values('name', 'shop').fetch('shop').getSync()
  holds<Same<typeof plain, { name: Customer['name']; shop: Shop | undefined }>>()
  const shop = Customer.objects.fetch('shop').only('name', 'shop').getSync().shop
  holds<Same<typeof shop, Customer['shop']>>()
  const partial = Customer.objects.only('shop').fetch('shop').getSync()
  holds<Same<typeof partial.shop, Shop | undefined>>()
}

export function orders(): void {
  Customer.objects.orderBy('shop__owner__age', '-shop__address__city', { collate: true, numeric: true })
  Customer.objects.orderBy('name', '-age', 'address__city', '-shop__name', 'id')
  Customer.objects.orderBy()
  const term: OrderTerm<Customer> = '-address__floor'
  Customer.objects.orderBy(term)
}

export async function results(): Promise<void> {
  const queryset = Customer.objects.filter({ age__gte: 18 })
  const awaited = await queryset
  holds<Same<typeof awaited, Customer[]>>()
  const all = await queryset.all()
  holds<Same<typeof all, Customer[]>>()
  const blocking = queryset.allSync()
  holds<Same<typeof blocking, Customer[]>>()
  const first = await queryset.first()
  holds<Same<typeof first, Customer | null>>()
  const only = queryset.getSync()
  holds<Same<typeof only, Customer>>()
  const orNull = await queryset.getOrNull()
  holds<Same<typeof orNull, Customer | null>>()
  const count = await queryset.count()
  holds<Same<typeof count, number>>()
  const any = queryset.existsSync()
  holds<Same<typeof any, boolean>>()
  const updated = await queryset.update({ age: 19 })
  holds<Same<typeof updated, number>>()
  const deleted = queryset.deleteSync()
  holds<Same<typeof deleted, number>>()
  const many = await Customer.objects.bulkCreate([{ name: 'Ann' }])
  holds<Same<typeof many, Customer[]>>()
  const fresh = await Customer.objects.bulkCreate([{ name: 'Ann' }], { onConflict: 'ignore', batchSize: 5 })
  holds<Same<typeof fresh.ignored, readonly number[]>>()
  holds<Same<(typeof fresh)[number], Customer>>()
  Customer.objects.bulkCreateSync([{ name: 'Ann' }], { onConflict: 'update', updateFields: ['age'], atomic: true })
  const written = Customer.objects.bulkUpdateSync(many, ['name'])
  holds<Same<typeof written, number>>()
  const got = await Customer.objects.getOrCreate({ name: 'Ann' }, { age: 5 })
  holds<Same<typeof got.document, Customer>>()
  holds<Same<typeof got.created, boolean>>()
  Customer.objects.updateOrCreateSync({ name: 'Ann' }, { update: { age: 5 }, create: { name: 'Bob' } })
  const upserted = await Customer.objects.upsert({ id: 'ann', name: 'Ann' })
  holds<Same<typeof upserted, Customer>>()
  const byKey = await Customer.objects.inBulk(['ann', 7, many[0]!.id])
  holds<Same<ReturnType<typeof byKey.get>, Customer | undefined>>()
  const made = Customer.objects.createSync({ name: 'Ann' })
  holds<Same<typeof made, Customer>>()

  holds<Same<IsAny<(typeof awaited)[number]>, false>>()
  holds<Same<IsAny<(typeof awaited)[number]['age']>, false>>()
  holds<Same<IsAny<(typeof awaited)[number]['shop']>, false>>()
  const names: string[] = awaited.map((customer) => customer.greet() + customer.label)
  return void names
}

export async function documents(): Promise<void> {
  const address = new Address({ city: 'Paris', floor: null as never })
  const customer = new Customer({
    id: 'ann',
    name: 'Ann',
    age: undefined,
    points: 5n,
    height: null,
    kind: 'b',
    tags: ['x'],
    homes: [address],
    address,
    shop: new Shop({ name: 'x' }),
    subject: new RecordId('any', 1),
  })
  new Customer()
  new Customer({})
  new Customer({ id: new RecordId('types_customer', ['a', 1]) })
  const saved = await customer.save()
  holds<Same<typeof saved, Customer>>()
  const savedSync = customer.saveSync({ connection: 'other' })
  holds<Same<typeof savedSync, Customer>>()
  const updated = await customer.update({ age: 4, tags: undefined, height: null, shop: new RecordId('types_shop', 1) })
  holds<Same<typeof updated, Customer>>()
  const refreshed = customer.refreshSync()
  holds<Same<typeof refreshed, Customer>>()
  const validated = await customer.validate()
  holds<Same<typeof validated, Customer>>()
  const reverted = customer.revert()
  holds<Same<typeof reverted, Customer>>()
  const created = await Customer.create({ name: 'Ann', id: 7 })
  holds<Same<typeof created, Customer>>()
  const createdSync = Customer.createSync({ name: 'Ann' })
  holds<Same<typeof createdSync, Customer>>()
  const got = await Customer.get('ann')
  holds<Same<typeof got, Customer>>()
  const gotOrNull = Customer.getOrNullSync(new RecordId('types_customer', 1))
  holds<Same<typeof gotOrNull, Customer | null>>()
  const exists = await Customer.exists(['a', 1])
  holds<Same<typeof exists, boolean>>()
  const loaded = Customer.fromRecord({ id: new RecordId('types_customer', 1) })
  holds<Same<typeof loaded, Customer>>()

  holds<Same<typeof customer.id, RecordId>>()
  customer.id = 'key' satisfies RecordKey
  holds<Same<typeof customer.name, string>>()
  holds<Same<typeof customer.isDirty, boolean>>()
  holds<Same<ReturnType<typeof customer.toObject>, Record<string, unknown>>>()
  const unknown: unknown = customer
  if (unknown instanceof Document) holds<Same<typeof unknown, DocumentBase>>()
}

export async function links(customer: Customer): Promise<void> {
  const { shop } = customer
  if (shop instanceof Shop) holds<Same<typeof shop, Shop>>()
  if (shop instanceof RecordId) void shop.table.name
  customer.shop = new RecordId('types_shop', 1)
  customer.shop = new Shop()
}

export async function inheritance(): Promise<void> {
  const vip = new Vip({ level: 3, name: 'Ann', address: new Address() })
  holds<Same<typeof vip.level, number>>()
  holds<Same<typeof vip.age, number>>()
  vip.greet().trim()
  const customer: Customer = vip
  const saved = await vip.save()
  holds<Same<typeof saved, Vip>>()
  const all = await Vip.objects.orderBy('-level', 'name')
  holds<Same<typeof all, Vip[]>>()
  const got = await Vip.get(1)
  holds<Same<typeof got, Vip>>()
  return void customer
}

export async function definitions(): Promise<void> {
  const body = surql`RETURN $name`
  const named = new DatabaseFunction('named', {
    arguments: { name: StringField({ required: true }), tags: ListField(StringField()) },
    returns: IntField(),
    body,
  })
  const count = await named.call({ name: 'Ann', tags: ['a'] })
  holds<Same<typeof count, number | bigint>>()
  holds<Same<ReturnType<typeof named.callSync>, number | bigint>>()
  named.callSync({ name: 'Ann', tags: null }, { connection: 'other' })
  const nothing = new DatabaseFunction('nothing', { body })
  holds<Same<ReturnType<typeof nothing.callSync>, unknown>>()
  nothing.callSync({})
  await defineTables([Customer, Vip, Shop, named, nothing, new Analyzer('a'), new Sequence('s')], { overwrite: true })
  Collection('x', { in: () => Customer, out: () => [Shop, Vip], view: () => Shop.objects.filter({ name: 'x' }) })
}

export function nestedFields(): void {
  const holders = Holder.objects
  holders.filter({ scores__chess: 1, scores__chess__gte: 2, scores__go__in: [1, 2], scores__isnull: false })
  holders.filter({ homes__first__contains: new Address(), scores: { a: 1 } })
  holders.filter({ place__city: 'Paris', place__zip__startswith: 'x', place: { city: 'x' } })
  holders.filter({ anything__a: 1, anything__a__b__gte: 'x', anything__isnull: true })
  holders.filter({ tags__contains: 'x', tags: new Set(['x']), tags__in: [new Set<string>()] })
  holders.filter({ maybe__gt: 1, either: 'x', either__gte: 1, number: 1, two__lt: 3, at__isnull: true, vector: [1] })
  const holder = new Holder({ scores: { a: 1 }, tags: new Set(['a']), gaps: [1, undefined], pair: 1 })
  holds<Same<typeof holder.tags, Set<string> | undefined>>()
}

export async function mixins(): Promise<void> {
  Post.objects.filter({ createdAt__gte: new Date(), updatedAt__lt: new Date(), title: 'x' }).orderBy('-createdAt')
  const post = await Post.create({ title: 'x', createdAt: new Date() })
  holds<Same<typeof post, Post>>()
  holds<Same<typeof post.createdAt, Date>>()
  const note = await Note.objects.onlyDeleted().filter({ version__gt: 1, deletedAt__isnull: false }).get()
  holds<Same<typeof note, Note>>()
  const restored = await note.restore()
  holds<Same<typeof restored, Note>>()
  holds<Same<typeof note.version, number>>()
  await note.hardDelete()
  note.restoreSync().hardDeleteSync()
  const counts: number[] = [await Note.objects.restore(), Note.objects.withDeleted().hardDeleteSync()]
  const island = await Island.objects.withDeleted().filter({ beaches: 1, code: 'x', people__gt: 1 }).get()
  holds<Same<typeof island, Island>>()
  const country: Country = island
  new Island({ beaches: 2, code: 'x' }).code.trim()
  return void [country, counts]
}

export async function relations(customer: Customer, shop: Shop): Promise<void> {
  const buys = await customer.relate(Buys, shop, { when: new Date() })
  holds<Same<typeof buys, Buys>>()
  holds<Same<typeof buys.in, Ref<Customer>>>()
  const edges = await customer.out(Buys).filter({ when__lt: new Date(), out__name: 'x', in: customer }).orderBy('-when')
  holds<Same<typeof edges, Buys[]>>()
  customer.relateSync(Buys, shop.id)
  shop.in(Buys).allSync()
  customer.both(Knows).filter({ years: 1, createdAt__lt: new Date() })
  new Buys({ in: customer, out: shop.id })
  await customer.relate(Knows, shop)
  await customer.relate(Buys, shop, { when: new Date() }, { connection: 'other' })
  const log = new Log({ anything: 1, kind: 'a' })
  log['more'] = [1]
  Log.objects.filter({ kind: 'a' })
}

enum Level {
  Low = 1,
  High = 2,
}

enum Kind {
  Big = 'big',
  Small = 'small',
}

@Collection('types_scalars')
export class Scalars extends Document<Scalars>() {
  @NumberField({ min: 0 }) number?: number | bigint | Decimal
  @NumberField() justNumber?: number
  @DecimalField({ min: '0.01', default: new Decimal('1') }) decimal!: Decimal
  @DateTimeField({ min: new Date(0) }) date?: Date
  @DateTimeField({ precision: 'millisecond' }) sameDate?: Date | null
  @DateTimeField({ precision: 'nanosecond', default: () => DateTime.now() }) moment!: DateTime
  @DurationField({ max: '1h' }) duration?: Duration
  @UUIDField({ default: 'v7' }) uuid!: Uuid
  @BytesField({ length: 32 }) bytes?: Uint8Array
  @RangeField(IntField()) range?: Range<number, number>
  @RangeField(DateTimeField()) dates?: Range<Date, Date> | null
  @RegexField() pattern?: RegExp
  @EmailField({ unique: true }) email?: string
  @URLField({ schemes: ['https'] }) url?: string
  @IPAddressField({ version: 4 }) ip?: string
  @SlugField({ allowUnicode: true }) slug?: string
  @LiteralField('a', 1, true) literal?: 'a' | 1 | true
  @LiteralField('a', 'b', { default: 'a', required: true }) literalText!: 'a' | 'b'
  @ChoiceField(['x', 'y'], { default: 'x' }) choice!: 'x' | 'y'
  @ChoiceField(Level, { default: Level.Low }) level!: Level
  @ChoiceField(Kind) kind?: Kind
  @TableField({ tables: ['a'] }) table?: Table
  @FileField({ bucket: 'b' }) file?: FileRef
  @AnyField() anything?: unknown
  @AnyField() settings?: { readonly theme: string }
  @ListField(DecimalField()) decimals?: Decimal[]
  @ListField(LiteralField('a', 'b')) literals?: ('a' | 'b')[]
  @BooleanField({ coerce: true }) flag?: boolean
  @StringField({ length: 2 }) country?: string
}

export function scalarFilters(): void {
  const scalars = Scalars.objects
  scalars.filter({ number__gte: new Decimal('1'), number: 1n, decimal__lt: new Decimal('1'), date__gte: new Date() })
  scalars.filter({ moment__gt: DateTime.now(), duration__lte: new Duration('1h'), uuid__in: [Uuid.v4()] })
  scalars.filter({ bytes: new Uint8Array(1), range__ne: null, pattern: /a/, file: new FileRef('a', 'b') })
  scalars.filter({ email__startswith: 'ann@', slug__contains: 'x', literal: 'a', literal__in: [1, true], table: null })
  scalars.filter({
    literalText__startswith: 'a',
    choice: 'x',
    level__gte: Level.Low,
    kind: Kind.Big,
    kind__ne: 'big' as Kind,
  })
  scalars.filter({ decimals__contains: new Decimal('1'), literals__contains: 'a', anything: 1, settings__isnull: true })
  scalars.orderBy('-moment', 'decimal', 'uuid', 'file')
}

export function zodSchemas(): void {
  const created = Customer.zodSchema('create').parse({})
  type Created = typeof created
  holds<Same<Created['name'], string>>()
  holds<Same<Created['age'], number>>()
  holds<Same<Created['born'], Date | null | undefined>>()
  holds<Same<Created['points'], number | bigint | null | undefined>>()
  holds<Same<Created['kind'], 'a' | 'b' | null | undefined>>()
  holds<Same<Created['address'], Address | null | undefined>>()
  holds<Same<Created['shop'], Ref<Shop> | null | undefined>>()
  holds<Same<Extract<keyof Created, 'id' | 'label' | 'greet' | 'isNew'>, never>>()
  new Customer(created)
  const byDefault = Customer.zodSchema()
  holds<Same<z.infer<typeof byDefault>, Created>>()
  const given: z.input<typeof byDefault> = {
    name: 'Ann',
    age: 41,
    born: '2024-01-01T00:00:00.000Z',
    address: { city: 'Paris' },
    shop: 'types_shop:1',
    tags: ['a'],
  }
  void given

  const changed = Customer.zodSchema('update').parse({})
  holds<Same<(typeof changed)['name'], string | undefined>>()
  holds<Same<(typeof changed)['tags'], string[] | null | undefined>>()
  void new Customer().update(changed)

  const read = Customer.zodSchema('read').parse({})
  holds<Same<(typeof read)['id'], string>>()
  holds<Same<(typeof read)['name'], string>>()
  holds<Same<(typeof read)['born'], string | null | undefined>>()
  holds<Same<(typeof read)['points'], number | string | null | undefined>>()
  const city = read.homes?.[0]?.city
  holds<Same<typeof city, string | undefined>>()
  const narrowed = Customer.zodSchema('read').pick({ name: true })
  holds<Same<z.infer<typeof narrowed>, { name: string }>>()
  holds<Same<IsAny<z.infer<typeof byDefault>>, false>>()
  Vip.zodSchema().parse({}).level.toFixed()
}

const StaffSchema = z.object({ name: z.string(), age: z.int().optional(), tags: z.array(z.string()).default([]) })

@Collection('types_staff')
class Staff extends Document<Staff>().fromZod(StaffSchema) {
  @StringField() note?: string
}

export async function fromZod(): Promise<void> {
  const staff = new Staff({ name: 'Ann', age: 41, note: 'likes tea' })
  holds<Same<typeof staff.name, string>>()
  holds<Same<typeof staff.age, number | undefined>>()
  holds<Same<typeof staff.tags, string[]>>()
  const found = await Staff.objects.filter({ age__gte: 18, name__startswith: 'A', note: 'x' }).orderBy('-age')
  holds<Same<typeof found, Staff[]>>()
}

const PlaceSchema = z.object({
  visits: z.bigint(),
  tags: z.set(z.string()),
  scores: z.record(z.string(), z.int()),
  address: z.object({ city: z.string(), zip: z.string().optional() }),
  pair: z.tuple([z.number(), z.string()]),
  shape: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('circle'), radius: z.number() }),
    z.object({ kind: z.literal('square'), side: z.number() }),
  ]),
  opened: z.codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  }),
  note: z.string().nullable(),
})

@Collection('types_place')
class Place extends Document<Place>().fromZod(PlaceSchema) {}

export async function fromZodOfEveryKind(): Promise<void> {
  const place = await Place.get('a')
  holds<Same<typeof place.visits, bigint>>()
  holds<Same<typeof place.tags, Set<string>>>()
  holds<Same<typeof place.scores, Record<string, number>>>()
  holds<Same<typeof place.address, { city: string; zip?: string | undefined }>>()
  holds<Same<typeof place.pair, [number, string]>>()
  holds<Same<typeof place.opened, Date>>()
  holds<Same<typeof place.note, string | null>>()
  if (place.shape.kind === 'circle') holds<Same<typeof place.shape.radius, number>>()
  await Place.objects.filter({ visits__gte: 5n, address__city: 'Paris', opened__lt: new Date() })
}

class Counter extends Document<Counter>() {
  @BigIntField() count?: bigint
}
export const counter = Counter

@Collection('types_hybrid', { unknownFields: 'keep' })
class Hybrid extends Document<Hybrid>() {
  [key: string]: unknown
  @StringField({ required: true }) level!: string
}

export function zodSchemaOfHybrid(): void {
  const parsed = Hybrid.zodSchema('create').parse({ level: 'a', size: 3 })
  holds<Same<typeof parsed.level, string>>()
  holds<Same<(typeof parsed)['size'], unknown>>()
}

export async function searches(point: GeometryPoint, area: GeometryPolygon): Promise<void> {
  const found = await Customer.objects.search('x', { fields: ['name', 'tags', 'address__city'], highlight: true })
  holds<Same<(typeof found)[0]['score'], number>>()
  holds<Same<(typeof found)[0]['highlights']['name'], string | undefined>>()
  holds<Same<(typeof found)[0]['highlights']['tags'], readonly string[] | undefined>>()
  holds<Same<(typeof found)[0]['name'], string>>()
  await found[0]!.save()
  const placed = await Customer.objects
    .search({ name: 'x', address__city: 'y' }, { match: 'or', offsets: true })
    .filter({ age__gte: 18 })
  holds<Same<(typeof placed)[0]['offsets']['address__city'], readonly TextOffset[]>>()
  const anywhere = await Customer.objects.search('x').limit(5).first()
  holds<Same<IsAny<typeof anywhere>, false>>()
  anywhere?.score.toFixed()

  const plain = await Customer.objects
    .search('x', { fields: ['name'], highlight: true })
    .values('name', 'score')
    .first()
  holds<Same<typeof plain, { name: string; score: number } | null>>()
  const whole = await Customer.objects.search('x').filter({ score__gt: 1 }).orderBy('-score').asPlain().get()
  holds<Same<typeof whole.score, number>>()
  const part = await Customer.objects.search('x').only('name').get()
  holds<Same<typeof part.score, number>>()
  const scores = await Customer.objects
    .search('x')
    .where((customer) => customer.score.gt(1))
    .pluck('score')
  holds<Same<typeof scores, number[]>>()
  const customers: QuerySet<Customer> = Customer.objects.search('x')
  void customers

  const near = await Holder.objects.nearest('vector', new Float32Array(3), { k: 5, ef: 20, metric: { minkowski: 3 } })
  holds<Same<(typeof near)[0]['distance'], number>>()
  const hybrid = Customer.objects.filter({ age: 1 })
  holds<Same<IsAny<typeof hybrid>, false>>()
  const fused = await Holder.objects.hybrid({ search: ['x'], nearest: ['vector', [1, 2, 3], { k: 5 }] })
  holds<Same<(typeof fused)[0]['rrf'], number>>()
  fused[0]?.number.toFixed()
  const weighed = await Holder.objects.hybrid({ search: ['x'], nearest: ['vector', [1, 2, 3]], weights: [1, 2] })
  holds<Same<(typeof weighed)[0]['linear'], number>>()
  const ordered = await Holder.objects.orderByDistance('-at', [2.35, 48.85]).limit(3)
  ordered[0]?.distance.toFixed()
  Holder.objects.orderByDistance('at', point).filter({ at__within: area, at__distancelt: [point, 500] })
  Holder.objects.filter({ at__inside: area, at__intersects: point, at__distancegte: [[2, 48], 500], at: point })
}

export async function expressions(): Promise<void> {
  const customers = Customer.objects
  customers
    .where((u) => u.age.gte(18).and(u.name.startsWith('A'), u.active))
    .where((u) => u.points.gt(5n).or(u.points.lt(u.age)).not())
    .where((u) => u.shop.owner.shop.address.city.eq(u.name))
    .where((u) =>
      u.tags
        .at(0)
        .eq('x')
        .and(
          u.tags.contains(u.name),
          u.tags.any((tag) => tag.len().gt(2)),
        ),
    )
    .where((u) => u.homes.all((home) => home.city.eq('x').and(home.floor.add(1).gte(2))))
    .where((u) =>
      u.born
        .year()
        .eq(2000)
        .and(u.born.add(new Duration('1h')).lt(now()), u.born.format('%Y').eq('2000')),
    )
    .where((u) => u.kind.eq('a').and(u.kind.in(['a', 'b']), u.kind.isNull()))
    .where((u) => u.height.sqrt().round().between(1, u.age).and(u.name.sha256().len().eq(u.age)))
    .where((u) => u.id.in(['ann', new RecordId('types_customer', 'bob')]).and(u.id.gt('a')))
    .where((u) => when(u.active, u.age, 0).add(1).gt(F('points')))
    .where((u) => u.tags.sort().distinct().join(', ').uppercase().concat(u.name, '!').iContains('x'))
    .where((u) => u.age.coalesce(3).eq(literal(5).sub(1)).and(random.float().lt(0.5)))
    .where(() => F('age').add(1).gt(F('shop__turnover')).and(F('active')))
  customers.filter({ age__gt: F('points'), name__in: [F('shop__name'), 'x'], tags__contains: F('name') })
  customers.filter(Q({ age: F('points') }).or({ born__lt: now() }))
  const counts: number[] = [
    await customers.update({ age: F('age').add(1), born: now(), name: F('shop__name').uppercase() }),
    customers.updateSync((u) => ({ age: u.age.mul(2), name: u.name.trim(), points: null })),
  ]
  const age: ExpressionOf<number> = literal(1)
  void [counts, age]
}

export async function pages(): Promise<void> {
  const customers = Customer.objects.orderBy('-age')
  const page = await customers.paginate({ page: 2, perPage: 20 })
  holds<Same<typeof page, Page<Customer>>>()
  holds<Same<(typeof page)['items'], Customer[]>>()
  const names = customers.pluck('name').paginateSync({ perPage: 20 })
  holds<Same<typeof names, Page<string>>>()
  const cursor = await customers.cursor({ first: 20 })
  holds<Same<typeof cursor, CursorPage<Customer>>>()
  await customers.cursor({ first: 20, after: cursor.endCursor })
  customers.cursorSync({ last: 20, before: cursor.startCursor })
  for await (const customer of customers) holds<Same<typeof customer, Customer>>()
  for await (const name of customers.pluck('name').iterate({ batchSize: 5 })) holds<Same<typeof name, string>>()
  for (const row of customers.values('age').iterateSync()) holds<Same<typeof row.age, Customer['age']>>()
  for await (const batch of customers.batches({ size: 5 })) holds<Same<typeof batch, Customer[]>>()
  for (const batch of customers.batchesSync()) holds<Same<typeof batch, Customer[]>>()
  const { queryset, page: which } = customers.only('name').grid(new URLSearchParams(), {
    searchable: ['name', 'shop__name'],
    filterable: ['age', 'address__city', 'shop__owner__age'],
    sortable: ['age'],
    perPage: 10,
    maxPerPage: 50,
  })
  const found = await queryset.paginate(which)
  found.items[0]?.name.trim()
  customers.grid({ age: '1', name: ['a', 'b'], sort: undefined }, {})
}

@Collection('types_order')
class Order extends Document<Order>() {
  @DecimalField() price?: Decimal
  @NumberField() mixed?: number | bigint | Decimal
  @AnyField() anything?: unknown
}

export async function aggregates(): Promise<void> {
  const { objects } = Customer
  const total = await objects.filter({ age: 1 }).sum('age')
  holds<Same<typeof total, number>>()
  const points = objects.sumSync('points')
  holds<Same<typeof points, number | bigint>>()
  const [mean, youngest, least] = [
    objects.avgSync('points'),
    await objects.max('born'),
    await objects.min('shop__name'),
  ]
  holds<Same<typeof mean, number | null>>()
  holds<Same<typeof youngest, Date | null>>()
  holds<Same<typeof least, string | null>>()

  const all = await objects.aggregate({
    n: Count(),
    adults: CountIf({ age__gte: 18, address__city: 'Paris' }),
    either: CountIf(Q({ age: 1 }).or({ name: 'Ann' })),
    sum: SumIf('height', { active: true }),
    tags: ArrayCollect('tags'),
    first: First('kind'),
    names: GroupConcat('name', ';'),
    longest: Max('name__len'),
  })
  holds<Same<(typeof all)['n'], number>>()
  holds<Same<(typeof all)['adults'], number>>()
  holds<Same<(typeof all)['sum'], number>>()
  holds<Same<(typeof all)['tags'], string[][]>>()
  holds<Same<(typeof all)['first'], 'a' | 'b' | null>>()
  holds<Same<(typeof all)['names'], string | null>>()
  holds<Same<(typeof all)['longest'], number | null>>()

  const prices = Order.objects.aggregateSync({
    sum: Sum('price'),
    avg: Avg('price'),
    mixed: Avg('mixed'),
    any: Max('anything'),
  })
  holds<Same<(typeof prices)['sum'], Decimal>>()
  holds<Same<(typeof prices)['avg'], Decimal | null>>()
  holds<Same<(typeof prices)['mixed'], number | Decimal | null>>()

  const groups = objects
    .groupBy('kind', 'address__city', 'born__year')
    .aggregate({ n: Count(), total: Sum('age') })
    .having({ n__gt: 1, address__city__startswith: 'P', born__year__between: [1990, 2000], kind__in: ['a'] })
    .having(Q({ total: 3 }).not())
    .orderBy('-total', 'address__city')
    .limit(3)
  const [row] = await groups
  holds<Same<NonNullable<typeof row>['kind'], 'a' | 'b' | undefined>>()
  holds<Same<NonNullable<typeof row>['address__city'], string | undefined>>()
  holds<Same<NonNullable<typeof row>['born__year'], number | undefined>>()
  holds<Same<NonNullable<typeof row>['n'], number>>()
  holds<Same<ReturnType<typeof groups.countSync>, number>>()
  holds<Same<IsAny<NonNullable<typeof row>>, false>>()
}

export async function columns(): Promise<void> {
  const { objects } = Customer
  const all = await objects.cache({ ttl: '5m', tag: 'all' }).toColumns()
  holds<Same<(typeof all)['name'], string[]>>()
  holds<Same<(typeof all)['points'], (number | bigint | undefined)[]>>()
  const some = objects.values('name', 'address__city').cache().toColumnsSync()
  holds<Same<typeof some, { name: string[]; address__city: (string | undefined)[] }>>()
  const few = objects.only('name').toColumnsSync()
  holds<Same<keyof typeof few, 'id' | 'name'>>()
  const groups = objects.groupBy('kind').aggregate({ n: Count() }).toColumnsSync()
  holds<Same<(typeof groups)['n'], number[]>>()
  for await (const { name } of objects.columnBatches({ size: 5 })) holds<Same<typeof name, string[]>>()
  const table = await objects.toArrow()
  holds<Same<typeof table, TableOfArrow>>()
  for (const batch of objects.arrowBatchesSync()) holds<Same<typeof batch, RecordBatch>>()
  const cached = objects.cache()
  holds<Same<typeof cached, typeof objects>>()
  const store: CacheStore = new Map<string, Uint8Array>()
  void new MemoryStore({ maxBytes: 5 }).get('key')
  void store
}

export async function annotations(): Promise<void> {
  const { objects } = Customer
  const annotated = objects.annotate({
    nameLength: 'name__len',
    tagCount: Count('tags'),
    floors: Sum('homes__floor'),
    city: 'address__city',
  })
  const [found] = await annotated.filter({ tagCount__gt: 1, nameLength: 3, age: 1 }).orderBy('-floors', 'name')
  holds<Same<NonNullable<typeof found>['tagCount'], number>>()
  holds<Same<NonNullable<typeof found>['nameLength'], number | undefined>>()
  holds<Same<NonNullable<typeof found>['city'], string | undefined>>()
  holds<Same<NonNullable<typeof found>['floors'], number>>()
  holds<Same<NonNullable<typeof found>['name'], string>>()
  void found?.save()
  const rows = annotated.values('name', 'tagCount').distinct().allSync()
  holds<Same<(typeof rows)[number]['tagCount'], number>>()
  const later = objects
    .values('age')
    .annotate({ first: First('homes__city') })
    .firstSync()
  holds<Same<NonNullable<typeof later>['first'], string | null>>()
  holds<Same<NonNullable<typeof later>['age'], number>>()
}

export async function expressionsOfRecords(): Promise<void> {
  const { objects } = Customer
  const made = objects.annotate({
    upper: (customer) => customer.name.uppercase(),
    adult: (customer) => customer.age.gte(18),
    home: (customer) => customer.address,
    shopName: (customer) => customer.shop.name,
    six: literal(6),
    doubled: F('age').mul(2),
    tagCount: Count('tags'),
    city: 'address__city',
  })
  const [found] = await made
    .filter({ upper__startswith: 'A', adult: true, six__gt: 5, home__city: 'Paris' })
    .where((customer) => customer.upper.startsWith('A').and(customer.tagCount.gt(1)))
    .orderBy('-upper', 'city', '-name__len')
  holds<Same<NonNullable<typeof found>['upper'], string | null | undefined>>()
  holds<Same<NonNullable<typeof found>['adult'], boolean | null | undefined>>()
  holds<Same<NonNullable<typeof found>['home'], Address | null | undefined>>()
  holds<Same<NonNullable<typeof found>['shopName'], string | null | undefined>>()
  holds<Same<NonNullable<typeof found>['six'], number | null | undefined>>()
  holds<Same<NonNullable<typeof found>['doubled'], unknown>>()
  holds<Same<NonNullable<typeof found>['tagCount'], number>>()
  const further = (await made.annotate({ whole: (customer) => customer.upper.concat('!') }).get()).whole
  holds<Same<typeof further, string | null | undefined>>()
  const rows = await made.values('upper', 'name')
  holds<Same<(typeof rows)[number], { upper: string | null | undefined; name: string }>>()
  const plucked = await made.pluck('adult')
  holds<Same<typeof plucked, (boolean | null | undefined)[]>>()

  const part = (await made.only('age').first())!
  holds<Same<typeof part.upper, string | null | undefined>>()
  holds<Same<typeof part.tagCount, number>>()
  holds<Same<typeof part.age, number>>()
  const rest = (await made
    .annotate({ more: Count('tags') })
    .omit('name')
    .first())!
  holds<Same<typeof rest.upper, string | null | undefined>>()
  holds<Same<typeof rest.more, number>>()
  holds<Same<typeof rest.tags, string[] | undefined>>()
  void rest.save()
}

@Embeddable()
class Line extends EmbeddedDocument<Line>() {
  @ReferenceField(() => Shop) from?: Ref<Shop>
}

@Collection('types_cart')
export class Cart extends Document<Cart>() {
  @ReferenceField(() => Customer) customer?: Ref<Customer>
  @SetField(ReferenceField(() => Customer)) helpers?: Set<Ref<Customer>>
  @EmbeddedField(() => Line) main?: Line
  @ListField(EmbeddedField(() => Line)) lines?: Line[]
}

export async function whatComesAlong(): Promise<void> {
  const { objects } = Cart
  const named = (await objects
    .prefetch('customer', 'helpers', 'main__from', 'lines__from__owner', 'customer__shop')
    .first())!
  holds<Same<NonNullable<typeof named.helpers>, Set<Customer>>>()
  named.customer?.shop?.name.trim()
  named.main?.from?.name.trim()
  named.lines?.[0]?.from?.owner?.greet()
  void named.save()
  const fetched = objects.fetch('helpers', 'lines__from').orderBy('id').allSync()[0]!
  holds<Same<NonNullable<typeof fetched.helpers>, Set<Customer>>>()
  fetched.lines?.[0]?.from?.name.trim()

  const [asked] = await objects.prefetch({
    customer: Customer.objects.only('name', 'shop'),
    customer__shop: Shop.objects.only('name'),
    helpers: Customer.objects.only('age'),
  })
  const customer = asked!.customer
  if (customer && !(customer instanceof RecordId)) {
    const { shop } = customer
    if (shop && !(shop instanceof RecordId)) holds<Same<typeof shop.name, string>>()
  }
  for (const helper of asked!.helpers ?? []) if (!(helper instanceof RecordId)) holds<Same<typeof helper.age, number>>()
  const shops = await Shop.objects.prefetch({
    served: Incoming(Cart.objects.values('id', 'customer'), 'lines__from'),
    owner: Customer.objects.only('name'),
    owner__carts: Incoming(Cart.objects.only('main'), 'customer'),
  })
  const [shop] = shops
  holds<Same<NonNullable<typeof shop>['served'][number], { id: RecordId; customer: Ref<Customer> | undefined }>>()
  const { owner } = shop!
  if (owner && !(owner instanceof RecordId)) {
    holds<Same<typeof owner.name, string>>()
    void owner.carts[0]?.main?.from
  }
  const carts = await objects.prefetch({ lines__from: Shop.objects.only('name'), main__from__owner: Customer.objects })
  const from = carts[0]?.lines?.[0]?.from
  if (from && !(from instanceof RecordId)) holds<Same<typeof from.name, string>>()
  const main = carts[0]?.main?.from
  holds<Same<Exclude<typeof main, undefined>['name'], string>>()
}

export async function plansAndChanges(): Promise<void> {
  const { objects } = Customer
  const { indexes, steps } = await objects.filter({ age: 1 }).explain({ full: true })
  holds<Same<typeof indexes, readonly string[]>>()
  holds<Same<IsAny<(typeof steps)[number]>, false>>()
  holds<Same<ReturnType<typeof objects.explainSync>['indexes'], readonly string[]>>()

  const raws = await objects.raw(surql`SELECT * FROM types_customer WHERE age > ${1}`)
  holds<Same<typeof raws, Customer[]>>()
  const names = objects.rawSync<string>(surql`SELECT VALUE name FROM types_customer`, { plain: true })
  holds<Same<typeof names, string[]>>()
  const rows = await objects.raw(surql`SELECT name FROM types_customer`, { plain: true })
  holds<Same<typeof rows, Record<string, unknown>[]>>()

  for await (const message of objects.filter({ age: 1 }).live({ action: ['CREATE', 'DELETE'] })) {
    if (message.action === 'RESYNC') holds<Same<typeof message.document, undefined>>()
    else {
      holds<Same<typeof message.document, Customer>>()
      holds<Same<typeof message.action, 'CREATE' | 'UPDATE' | 'DELETE'>>()
      message.id.table.name.trim()
    }
  }
  for (const { document } of objects.liveSync({ timeout: '5s', action: 'UPDATE' })) document?.greet()
}

export async function ordersByFunctions(): Promise<void> {
  const ordered = await Customer.objects.orderBy(
    (u) => u.name.lowercase(),
    '-age',
    (u) => u.tags.len().desc(),
  )
  holds<Same<(typeof ordered)[0]['name'], string>>()
  Customer.objects.orderBy((u) => u.shop.owner.name.len().desc(), 'address__city', { collate: true })
  Customer.objects.orderBy((u) => u.age.gt(18))
}
