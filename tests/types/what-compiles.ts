import type { Manager, QuerySet, Range, Table } from 'surrealengine'
import {
  AnyField,
  BooleanField,
  BytesField,
  ChoiceField,
  Collection,
  DateTime,
  DateTimeField,
  Decimal,
  DecimalField,
  Document,
  Duration,
  DurationField,
  EmailField,
  FileField,
  FileRef,
  IntField,
  IPAddressField,
  ListField,
  LiteralField,
  NumberField,
  RangeField,
  RecordId,
  RegexField,
  SlugField,
  StringField,
  TableField,
  URLField,
  Uuid,
  UUIDField,
  type CompiledQuery,
  type DocumentBase,
  type OrderTerm,
  type RecordKey,
} from 'surrealengine'
import { holds, type IsAny, type Same } from './exact-type.js'
import { Address, Customer, Shop, Vip } from './shop-models.js'

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
  holds<Same<ReturnType<typeof customers.limit>, QuerySet<Customer>>>()
  holds<Same<typeof customers, Manager<Customer>>>()
  holds<Same<ReturnType<typeof customers.toSurrealQL>, CompiledQuery>>()
}

export function orders(): void {
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
