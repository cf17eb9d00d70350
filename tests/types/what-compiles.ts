import type { Manager, QuerySet } from 'surrealengine'
import {
  Collection,
  Document,
  RecordId,
  StringField,
  type CompiledQuery,
  type DocumentBase,
  type OrderTerm,
  type RecordKey,
  type Ref,
} from 'surrealengine'
import { z } from 'zod'
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
