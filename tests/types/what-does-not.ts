import {
  Access,
  BeforeSave,
  BigIntField,
  BooleanField,
  BytesField,
  ChoiceField,
  Collection,
  Count,
  CountIf,
  DatabaseFunction,
  type DateTime,
  DateTimeField,
  DecimalField,
  defineTablesSync,
  DictField,
  Document,
  F,
  now,
  Q,
  DurationField,
  EmailField,
  EmbeddedField,
  FileField,
  FloatField,
  GroupConcat,
  Incoming,
  IntField,
  ListField,
  LiteralField,
  NumberField,
  ObjectField,
  OptionField,
  type Range,
  RangeField,
  RecordId,
  RecordIDField,
  type Ref,
  ReferenceField,
  RegexField,
  SetField,
  StringField,
  Sum,
  SumIf,
  surql,
  TableField,
  UnionField,
  UUIDField,
  Validate,
  VectorField,
  Virtual,
} from 'surrealengine'
import { Buys, Note, Post } from './mixed-models.js'
import { Address, Customer, Holder, Shop, Vip } from './shop-models.js'
import { Cart, Scalars } from './what-compiles.js'
import { z } from 'zod'

/** Never run: a line with a mark above it must not compile, and the mark says what a person reads, up to ` -- `. */
export function filters(): void {
  const customers = Customer.objects
  // @ts-expect-error unknown field 'nope'
  customers.filter({ nope: 1 })
  // @ts-expect-error unknown field 'nope'
  customers.filter({ nope__gte: 1 })
  // @ts-expect-error unknown field 'nope'
  customers.exclude({ nope: 1 })
  // @ts-expect-error unknown field 'nope' -- beside one that is right
  customers.filter({ name: 'Ann', nope: 1 })
  // @ts-expect-error 'gtee' is neither a field inside 'age' nor a lookup of it
  customers.filter({ age__gtee: 1 })
  // @ts-expect-error 'contains' is neither a field inside 'age' nor a lookup of it
  customers.filter({ age__contains: 'x' })
  // @ts-expect-error 'gt' is neither a field inside 'active' nor a lookup of it
  customers.filter({ active__gt: true })
  // @ts-expect-error 'startswith' is neither a field inside 'tags' nor a lookup of it
  customers.filter({ tags__startswith: 'x' })
  // @ts-expect-error 'nope' is neither a field inside 'address' nor a lookup of it
  customers.filter({ address__nope: 'x' })
  // @ts-expect-error 'city__gtee' is neither a field inside 'address' nor a lookup of it
  customers.filter({ address__city__gtee: 'x' })
  // @ts-expect-error 'nope' is neither a field inside 'shop' nor a lookup of it
  customers.filter({ shop__nope: 'x' })
  // @ts-expect-error 'owner__nope' is neither a field inside 'shop' nor a lookup of it
  customers.filter({ shop__owner__nope: 'x' })
  // @ts-expect-error unknown field 'save' -- a method is no field
  customers.filter({ save: 1 })
  // @ts-expect-error unknown field 'greet' -- a method is no field
  customers.filter({ greet: 1 })
  // @ts-expect-error unknown field 'isDirty' -- a member of every document is no field
  customers.filter({ isDirty: true })
  // @ts-expect-error unknown field 'level' -- a field of a subclass
  customers.filter({ level: 1 })
}

export function values(): void {
  const customers = Customer.objects
  // @ts-expect-error 'age' takes a number
  customers.filter({ age: 'x' })
  // @ts-expect-error 'age__gte' takes a number
  customers.filter({ age__gte: 'x' })
  // @ts-expect-error Type 'null' is not assignable to type 'never'
  customers.filter({ age__gte: null })
  // @ts-expect-error Type 'undefined' is not assignable to type 'never'
  customers.filter({ age: undefined })
  // @ts-expect-error 'name' takes a string of its type
  customers.filter({ name: 1 })
  // @ts-expect-error 'kind' takes a string of its type
  customers.filter({ kind: 'c' })
  // @ts-expect-error 'active' takes true or false
  customers.filter({ active: 'yes' })
  // @ts-expect-error 'name__isnull' takes true or false
  customers.filter({ name__isnull: 1 })
  // @ts-expect-error 'born__lt' takes a Date
  customers.filter({ born__lt: '2024-01-01' })
  // @ts-expect-error 'tags' takes a list
  customers.filter({ tags: 'x' })
  // @ts-expect-error 'tags__contains' takes a string of its type
  customers.filter({ tags__contains: 1 })
  // @ts-expect-error 'age__in' takes a list
  customers.filter({ age__in: 1 })
  // @ts-expect-error 'age__in' takes a list
  customers.filter({ age__in: ['x'] })
  // @ts-expect-error 'kind__in' takes a list
  customers.filter({ kind__in: ['a', 'c'] })
  // @ts-expect-error 'address__city' takes a string of its type
  customers.filter({ address__city: 1 })
  // @ts-expect-error 'shop__name__contains' takes a string of its type
  customers.filter({ shop__name__contains: 1 })
  // @ts-expect-error 'shop' takes a value of its type
  customers.filter({ shop: 'acme' })
  // @ts-expect-error 'shop' takes a value of its type
  customers.filter({ shop: new Customer() })
  // @ts-expect-error 'id' takes a value of its type
  customers.filter({ id: true })
}

export function steps(): void {
  const customers = Customer.objects
  // @ts-expect-error 'tags__0' takes a string of its type
  customers.filter({ tags__0: 1 })
  // @ts-expect-error 'any__gte__x' is neither a field inside 'tags' nor a lookup of it
  customers.filter({ tags__any__gte__x: 1 })
  // @ts-expect-error 'tags__len' takes a number
  customers.filter({ tags__len: 'x' })
  // @ts-expect-error 'homes__city' takes a string of its type
  customers.filter({ homes__city: 1 })
  // @ts-expect-error 'age__between' takes a list
  customers.filter({ age__between: 1 })
  // @ts-expect-error unknown field 'nope'
  customers.filter(Q({ name: 'a' }).or({ nope: 1 }))
  // @ts-expect-error 'age' takes a number
  customers.filter(Q({ name: 'a' }).and(Q({ age: 'x' })))
}

export function rows(): void {
  const customers = Customer.objects
  // @ts-expect-error Argument of type '"nope"' is not assignable
  customers.only('nope')
  // @ts-expect-error 'shop__nope' is no field, and no path to one
  customers.values('name', 'shop__nope')
  // @ts-expect-error 'homes__city' is no field, and no path to one
  customers.pluck('homes__city')
  // @ts-expect-error Property 'age' does not exist
  void customers.only('name').getSync().age
  // @ts-expect-error 'nope' is no link, no list of links, and no path to one
  customers.fetch('nope')
  // @ts-expect-error Property 'name' does not exist on type 'Ref<
  void customers.fetch('shop').getSync().shop?.owner?.name
}

export function orders(): void {
  // @ts-expect-error 'nope' is no field, and no path to one
  Customer.objects.orderBy('nope')
  // @ts-expect-error 'nope' is no field, and no path to one
  Customer.objects.orderBy('name', '-nope')
  // @ts-expect-error 'address__nope' is no field, and no path to one
  Customer.objects.orderBy('address__nope')
  // @ts-expect-error 'save' is no field, and no path to one
  Customer.objects.orderBy('save')
  // @ts-expect-error '+name' is no field, and no path to one
  Customer.objects.orderBy('+name')
  // @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'
  Customer.objects.limit('1')
}

export async function writes(customer: Customer): Promise<void> {
  // @ts-expect-error 'nope' does not exist in type 'UpdateFields<Customer>'
  await Customer.objects.update({ nope: 1 })
  // @ts-expect-error Type 'string' is not assignable to type 'number | TypedExpression<number> | null | undefined'
  await Customer.objects.update({ age: 'x' })
  // @ts-expect-error 'id' does not exist in type 'UpdateFields<Customer>'
  await Customer.objects.update({ id: 'x' })
  // @ts-expect-error 'nope' does not exist in type 'DocumentFields<Customer>'
  await customer.update({ nope: 1 })
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  customer.updateSync({ age: 'x' })
  // @ts-expect-error 'nope' does not exist in type 'DocumentFields<Customer>'
  await Customer.create({ nope: 1 })
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  Customer.createSync({ age: 'x' })
  // @ts-expect-error 'nope' does not exist in type 'DocumentFields<Customer>'
  await Customer.objects.bulkCreate([{ nope: 1 }])
  // @ts-expect-error Type '"skip"' is not assignable to type '"ignore"'
  await Customer.objects.bulkCreate([{ name: 'Ann' }], { onConflict: 'skip' })
  // @ts-expect-error Type '"nope"' is not assignable to type 'FieldName<Customer>'
  await Customer.objects.bulkCreate([{ name: 'Ann' }], { onConflict: 'update', updateFields: ['nope'] })
  // @ts-expect-error Property 'ignored' does not exist on type 'Customer[]'
  void (await Customer.objects.bulkCreate([{ name: 'Ann' }])).ignored
  // @ts-expect-error Type '"nope"' is not assignable to type 'FieldName<Customer>'
  await Customer.objects.bulkUpdate([customer], ['nope'])
  // @ts-expect-error 'age__gt' does not exist in type 'DocumentFields<Customer>'
  await Customer.objects.getOrCreate({ age__gt: 5 })
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  await Customer.objects.getOrCreate({ name: 'Ann' }, { age: 'x' })
  // @ts-expect-error 'id' does not exist in type 'UpdateFields<Customer>'
  await Customer.objects.updateOrCreate({ name: 'Ann' }, { update: { id: 'x' } })
  // @ts-expect-error 'nope' does not exist in type 'DocumentFields<Customer>'
  await Customer.objects.upsert({ id: 'x', nope: 1 })
  // @ts-expect-error Type 'boolean' is not assignable to type '_RecordId | RecordKey'
  await Customer.objects.inBulk([true])
  // @ts-expect-error Type 'number' is not assignable to type 'string'
  customer.name = 1
  // @ts-expect-error Cannot assign to 'isDirty' because it is a read-only property
  customer.isDirty = false
}

export function construction(): void {
  // @ts-expect-error 'nope' does not exist in type 'DocumentFields<Customer>'
  new Customer({ nope: 1 })
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  new Customer({ age: 'x' })
  // @ts-expect-error Type '"c"' is not assignable to type '"a" | "b" | null | undefined'
  new Customer({ kind: 'c' })
  // @ts-expect-error 'save' does not exist in type 'DocumentFields<Customer>'
  new Customer({ save: () => undefined })
  // @ts-expect-error RecordKey
  new Customer({ id: true })
  // @ts-expect-error 'nope' does not exist
  new Address({ nope: 1 })
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  new Address({ floor: 'x' })
  // @ts-expect-error 'nope' does not exist in type 'DocumentFields<Vip>'
  new Vip({ level: 1, nope: 1 })
  // @ts-expect-error Type 'Customer' is not assignable to type 'Ref<Shop> | null | undefined'
  new Customer({ shop: new Customer() })
}

export async function results(): Promise<void> {
  const customers = await Customer.objects.filter({ age: 1 })
  // @ts-expect-error Property 'nope' does not exist on type 'Customer'
  void customers[0]?.nope
  // @ts-expect-error Type 'Customer[]' is not assignable to type 'Shop[]'
  const shops: Shop[] = await Customer.objects.all()
  // @ts-expect-error Property 'level' is missing in type 'Customer' but required in type 'Vip'
  const vip: Vip = await Customer.get(1)
  // @ts-expect-error Object is possibly 'null'
  void (await Customer.objects.first()).name
  // @ts-expect-error Property 'name' does not exist on type -- a link may be just the id
  void customers[0]?.shop?.name
  return void [shops, vip]
}

@Collection('types_wrong_scalars')
export class WrongScalars extends Document<WrongScalars>() {
  // @ts-expect-error Type 'string' is not assignable to type 'number | bigint | null | undefined'
  @IntField() one!: string
  // @ts-expect-error Type 'number' is not assignable to type
  @BigIntField() whole!: number
  // @ts-expect-error Type 'string | number' is not assignable to type 'string | null | undefined'
  @StringField() two!: string | number
  // @ts-expect-error Type 'string' is not assignable to type 'boolean | null | undefined'
  @BooleanField() three?: string
  // @ts-expect-error Type 'string' is not assignable to type 'Date'
  @DateTimeField() four?: string
  // @ts-expect-error Type 'bigint' is not assignable to type 'number'
  @FloatField() five?: bigint
  // @ts-expect-error Type 'string' is not assignable to type 'RecordId<string, RecordIdValue>'
  @RecordIDField() six?: string
  // @ts-expect-error Unable to resolve signature of property decorator -- it belongs on an instance property
  @StringField() static seven: string
  // @ts-expect-error Unable to resolve signature of method decorator -- it belongs on an instance property
  @StringField() eight(): string {
    return ''
  }
}

@Collection('types_wrong_hooks')
export class WrongHooks extends Document<WrongHooks>() {
  // @ts-expect-error Unable to resolve signature of method decorator -- a hook is called without parameters
  @BeforeSave() one(value: string): void {
    void value
  }
  // @ts-expect-error Unable to resolve signature of method decorator -- it belongs on a method of instances
  @BeforeSave() static two(): void {}
  // @ts-expect-error Unable to resolve signature of property decorator -- it belongs on a method
  @BeforeSave() three?: string
}

@Collection('types_wrong_compounds')
export class WrongCompounds extends Document<WrongCompounds>() {
  // @ts-expect-error Type 'number[]' is not assignable to type 'string[]'
  @ListField(StringField()) one?: number[]
  // @ts-expect-error Type 'string' is not assignable to type 'string[]'
  @ListField(StringField()) two?: string
  // @ts-expect-error Type 'string' is not assignable to type 'Address'
  @EmbeddedField(() => Address) three?: string
  // @ts-expect-error Property 'city' is missing in type 'Shop' but required in type 'Address'
  @EmbeddedField(() => Address) four?: Shop
  // @ts-expect-error Type 'string' is not assignable to type 'Ref<Shop> | null | undefined'
  @ReferenceField(() => Shop) five?: string
  // @ts-expect-error Type 'Customer' is not assignable to type 'Ref<Shop> | null | undefined'
  @ReferenceField(() => Shop) six?: Ref<Customer>
  // @ts-expect-error Type 'Address' is not assignable to type 'Ref<
  @ReferenceField(() => [Shop, Customer]) eight?: Ref<Address>
  // @ts-expect-error Type 'string' is not assignable to type 'unknown[]'
  @ListField() nine?: string
  // @ts-expect-error Type 'Address' is not assignable to type 'string'
  @ListField(StringField()) seven?: Address[]
}

export function options(): void {
  // @ts-expect-error 'maxlength' does not exist in type 'StringFieldOptions'
  StringField({ maxlength: 5 })
  // @ts-expect-error Type 'string' is not assignable to type 'number | bigint
  IntField({ default: 'x' })
  // @ts-expect-error 'choices' does not exist in type 'NumberFieldOptions<number | bigint>'
  IntField({ choices: ['a'] })
  // @ts-expect-error Type 'number' is not assignable to type 'string'
  ListField(StringField(), { default: () => [1] })
  // @ts-expect-error Property 'field' is missing in type '{}'
  ListField({})
  // @ts-expect-error Type '"strict"' is not assignable to type '"full" | "less" | undefined'
  Collection('x', { schema: 'strict' })
  // @ts-expect-error RecordKey
  void Customer.get(true)
  void RecordId
}

export function definitions(): void {
  const body = surql`RETURN $name`
  const named = new DatabaseFunction('named', { arguments: { name: StringField() }, returns: IntField(), body })
  // @ts-expect-error Type 'number' is not assignable to type 'string'
  named.callSync({ name: 1 })
  // @ts-expect-error 'nope' does not exist in type
  named.callSync({ nope: 'x' })
  // @ts-expect-error not assignable to type 'string'
  named.callSync({}) satisfies string
  // @ts-expect-error Type 'string' is not assignable to type 'CompiledQuery'
  void new DatabaseFunction('named', { body: 'RETURN 1' })
  // @ts-expect-error Type 'number' is not assignable to type
  defineTablesSync([1])
  // @ts-expect-error Type '"manhattan"' is not assignable to type
  Collection('x', { indexes: [{ fields: ['v'], diskann: { dimension: 1, distance: 'manhattan' } }] })
  // @ts-expect-error Type '"namespace"' is not assignable to type '"database"'
  void new Access('a', { type: 'record', on: 'namespace' })
}

export function nestedFilters(): void {
  const holders = Holder.objects
  // @ts-expect-error 'scores__chess' takes a number
  holders.filter({ scores__chess: 'x' })
  // @ts-expect-error 'scores__chess__gte' takes a number
  holders.filter({ scores__chess__gte: 'x' })
  // @ts-expect-error 'nope' is neither a field inside 'place' nor a lookup of it
  holders.filter({ place__nope: 'x' })
  // @ts-expect-error 'tags__contains' takes a string of its type
  holders.filter({ tags__contains: 1 })
  // @ts-expect-error 'tags' takes a value of its type
  holders.filter({ tags: ['x'] })
  // @ts-expect-error 'size' is neither a field inside 'tags' nor a lookup of it
  holders.filter({ tags__size: 1 })
  // @ts-expect-error 'either' takes a value of its type
  holders.filter({ either: true })
}

@Collection('types_wrong_holder')
export class WrongHolder extends Document<WrongHolder>() {
  // @ts-expect-error string
  @DictField(IntField()) scores?: Record<string, string>
  // @ts-expect-error number
  @ObjectField({ city: StringField() }) place?: { city: number }
  // @ts-expect-error Set<string>
  @SetField(StringField()) tags?: string[]
  // @ts-expect-error number
  @OptionField(StringField()) maybe?: number
  // @ts-expect-error boolean
  @UnionField(IntField(), StringField()) either?: number | boolean
  // @ts-expect-error string
  @VectorField(2) vector?: string[]
}

export function mixins(customer: Customer): void {
  // @ts-expect-error unknown field 'created'
  Post.objects.filter({ created: new Date() })
  // @ts-expect-error 'createdAt__gte' takes a Date
  Post.objects.filter({ createdAt__gte: 'x' })
  // @ts-expect-error it has no SoftDelete
  Post.objects.withDeleted()
  // @ts-expect-error it has no SoftDelete
  void Customer.objects.filter({}).restore()
  // @ts-expect-error Property 'restore' does not exist on type 'Post'
  void new Post().restore()
  // @ts-expect-error Cannot assign to 'version' because it is a read-only property
  new Note().version = 2
  // @ts-expect-error is not assignable to parameter of type
  void customer.relate(Buys, customer)
  // @ts-expect-error 'nope' does not exist in type 'EdgeFields<Buys>'
  void customer.relate(Buys, new Shop(), { nope: 1 })
  // @ts-expect-error 'nope' does not exist in type
  void customer.relate(Buys, new Shop(), undefined, { nope: 1 })
  // @ts-expect-error 'in' does not exist in type 'EdgeFields<Buys>'
  void customer.relate(Buys, new Shop(), { in: customer })
  // @ts-expect-error is not assignable to parameter of type 'RelationModel'
  customer.out(Shop)
  // @ts-expect-error unknown field 'nope'
  customer.out(Buys).filter({ nope: 1 })
  // @ts-expect-error Property 'relate' does not exist on type 'Buys'
  void new Buys().relate
  // @ts-expect-error Type '"drop"' is not assignable to type '"refuse" | "keep" | undefined'
  Collection('x', { unknownFields: 'drop' })
}

@Collection('types_wrong_members')
export class WrongMembers extends Document<WrongMembers>() {
  // @ts-expect-error Unable to resolve signature of method decorator -- it says what is wrong, no number
  @Validate() one(): number {
    return 1
  }
  // @ts-expect-error Unable to resolve signature of method decorator -- it is called without parameters
  @Validate() two(value: string): string {
    return value
  }
  // @ts-expect-error Unable to resolve signature of method decorator -- it belongs on a getter
  @Virtual() three(): string {
    return 'x'
  }
}

@Collection('types_more_wrong_scalars')
export class MoreWrongScalars extends Document<MoreWrongScalars>() {
  // @ts-expect-error Type 'string' is not assignable to type 'number | bigint | Decimal
  @NumberField() one?: string
  // @ts-expect-error Type 'number' is not assignable to type 'Decimal
  @DecimalField() two?: number
  // @ts-expect-error Type 'DateTime
  @DateTimeField() three?: DateTime
  // @ts-expect-error Type 'Date' is
  @DateTimeField({ precision: 'nanosecond' }) four?: Date
  // @ts-expect-error Type 'string' is not assignable to type 'Duration
  @DurationField() five?: string
  // @ts-expect-error Type 'string' is not assignable to type 'Uuid
  @UUIDField({ default: 'v4' }) six?: string
  // @ts-expect-error Type 'string' is not assignable to type 'Uint8Array
  @BytesField() seven?: string
  // @ts-expect-error Type 'Range
  @RangeField(IntField()) eight?: Range<string, string>
  // @ts-expect-error Type 'string' is not assignable to type 'RegExp
  @RegexField() nine?: string
  // @ts-expect-error Type 'number' is not assignable to type 'string
  @EmailField() ten?: number
  // @ts-expect-error Type '"c"' is not assignable to type '"a" | "b"
  @LiteralField('a', 'b') eleven?: 'a' | 'c'
  // @ts-expect-error Type 'string' is not assignable to type '"x" | "y"
  @ChoiceField(['x', 'y']) twelve?: string
  // @ts-expect-error Type 'string' is not assignable to type 'Table
  @TableField() thirteen?: string
  // @ts-expect-error Type 'string' is not assignable to type 'FileRef
  @FileField() fourteen?: string
}

export function scalarOptions(): void {
  // @ts-expect-error Type 'string' is not assignable to type 'Decimal
  DecimalField({ default: 'x' })
  // @ts-expect-error No overload matches this call
  DateTimeField({ precision: 'second' })
  // @ts-expect-error No overload matches this call
  DateTimeField({ precision: 'nanosecond', default: new Date() })
  // @ts-expect-error Type '"v5"' is not assignable to type
  UUIDField({ default: 'v5' })
  // @ts-expect-error No overload matches this call
  LiteralField('a', { default: 'b' })
  // @ts-expect-error No overload matches this call
  ChoiceField(['a', 'b'], { default: 'c' })
  // @ts-expect-error Expected 1-2 arguments, but got 0
  RangeField()
}

export function scalarFilters(): void {
  const scalars = Scalars.objects
  // @ts-expect-error 'decimal__gte' takes a value of its type
  scalars.filter({ decimal__gte: 1 })
  // @ts-expect-error 'moment' takes a value of its type
  scalars.filter({ moment: new Date() })
  // @ts-expect-error 'gt' is neither a field inside 'bytes' nor a lookup of it
  scalars.filter({ bytes__gt: new Uint8Array() })
  // @ts-expect-error 'begin' is neither a field inside 'range' nor a lookup of it
  scalars.filter({ range__begin: 1 })
  // @ts-expect-error 'bucket' is neither a field inside 'file' nor a lookup of it
  scalars.filter({ file__bucket: 'a' })
  // @ts-expect-error 'startswith' is neither a field inside 'literal' nor a lookup of it
  scalars.filter({ literal__startswith: 'a' })
  // @ts-expect-error 'choice' takes a string of its type
  scalars.filter({ choice: 'z' })
}

export function zodSchemas(): void {
  // @ts-expect-error Argument of type '"delete"' is not assignable to parameter of type 'SchemaVariant | undefined'
  Customer.zodSchema('delete')
  // @ts-expect-error Argument of type '"delete"' is not assignable to parameter of type 'SchemaVariant | undefined'
  Customer.jsonSchema('delete')
  const created = Customer.zodSchema().parse({})
  // @ts-expect-error Property 'nope' does not exist
  void created.nope
  // @ts-expect-error Property 'label' does not exist
  void created.label
  // @ts-expect-error Property 'id' does not exist
  void created.id
  // @ts-expect-error 'created.born' is possibly 'null' or 'undefined'
  created.born.getTime()
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  created.age = 'x'
  // @ts-expect-error Property 'getTime' does not exist on type 'string'
  Customer.zodSchema('read').parse({}).born?.getTime()
  // @ts-expect-error 'nope' does not exist in type
  Customer.zodSchema().pick({ nope: true })
  const given: z.input<ReturnType<typeof Customer.zodSchema>> = {
    name: 'Ann',
    age: 1,
    // @ts-expect-error Type 'number' is not assignable to type 'string | Date | null | undefined'
    born: 1,
  }
  void given
}

@Collection('types_staff_wrong')
class Staff extends Document<Staff>().fromZod(z.object({ name: z.string(), age: z.int().optional() })) {}

export function fromZod(): void {
  // @ts-expect-error Type 'number' is not assignable to type 'string'
  new Staff({ name: 1 })
  // @ts-expect-error 'nope' does not exist
  new Staff({ nope: 1 })
  // @ts-expect-error unknown field 'nope'
  Staff.objects.filter({ nope: 1 })
  // @ts-expect-error Argument of type 'string' is not assignable to parameter of type
  Document<Staff>().fromZod('x')
}

@Collection('types_place_wrong')
class Place extends Document<Place>().fromZod(
  z.object({ visits: z.bigint(), tags: z.set(z.string()), address: z.object({ city: z.string() }) }),
) {}

export function fromZodOfEveryKind(): void {
  // @ts-expect-error Type 'number' is not assignable to type 'bigint'
  new Place({ visits: 1 })
  // @ts-expect-error is missing the following properties from type 'Set<string>'
  new Place({ tags: ['a'] })
  // @ts-expect-error Type 'number' is not assignable to type 'string'
  new Place({ address: { city: 1 } })
  // @ts-expect-error 'visits__gte' takes a number
  Place.objects.filter({ visits__gte: 'x' })
}

export async function searches(): Promise<void> {
  // @ts-expect-error 'age' is no text
  Customer.objects.search('x', { fields: ['name', 'age'] })
  // @ts-expect-error 'nope' is no field, and no path to one
  Customer.objects.search('x', { fields: ['nope'] })
  // @ts-expect-error 'age' is no text
  Customer.objects.search({ age: 'x' })
  // @ts-expect-error is not assignable
  Customer.objects.search({ name: 5 })
  // @ts-expect-error is not assignable
  Customer.objects.search('x', { match: 'any' })
  const found = await Customer.objects.search('x', { fields: ['name'] })
  // @ts-expect-error 'highlights' does not exist
  found[0]?.highlights
  // @ts-expect-error 'score' is no field
  Customer.objects.values('score')
  // @ts-expect-error is not assignable
  Customer.objects.search('x').only('score')
  // @ts-expect-error 'score__gt' takes a number
  Customer.objects.search('x').filter({ score__gt: 'x' })
  // @ts-expect-error 'age' does not exist
  void (await Customer.objects.search('x').only('name').get()).age
  // @ts-expect-error 'at' is no vector
  Holder.objects.nearest('at', [1, 2, 3])
  // @ts-expect-error 'nope' is no field, and no path to one
  Holder.objects.nearest('nope', [1, 2, 3])
  // @ts-expect-error "jaccard"
  Holder.objects.nearest('vector', [1, 2, 3], { metric: 'jaccard' })
  // @ts-expect-error 'at' is no vector
  Holder.objects.hybrid({ search: ['x'], nearest: ['at', [1, 2, 3]] })
  // @ts-expect-error Property 'rrf' does not exist on type
  void Holder.objects.hybrid({ search: ['x'], nearest: ['vector', [1, 2, 3]], weights: [1, 2] }).allSync()[0]!.rrf
  // @ts-expect-error Type '"sum"' is not assignable to type
  Holder.objects.hybrid({ search: ['x'], nearest: ['vector', [1, 2, 3]], weights: [1, 2], scale: 'sum' })
  // @ts-expect-error 'vector' is no point
  Holder.objects.orderByDistance('vector', [1, 2])
  // @ts-expect-error 'vector' is no point
  Holder.objects.orderByDistance('-vector', [1, 2])
  // @ts-expect-error is not assignable
  Holder.objects.orderByDistance('at', [1, 2, 3])
  // @ts-expect-error 'at__within' takes a value of its type
  Holder.objects.filter({ at__within: 'x' })
  // @ts-expect-error 'within' is neither a field inside 'vector' nor a lookup of it
  Holder.objects.filter({ vector__within: [1] })
}

export async function expressions(): Promise<void> {
  const customers = Customer.objects
  // @ts-expect-error Property 'nope' does not exist
  customers.where((u) => u.nope.eq(1))
  // @ts-expect-error Property 'nope' does not exist
  customers.where((u) => u.shop.nope.eq(1))
  // @ts-expect-error Property 'save' does not exist
  customers.where((u) => u.save)
  // @ts-expect-error Argument of type '"x"' is not assignable to parameter of type 'Operand<number> | null'
  customers.where((u) => u.age.eq('x'))
  // @ts-expect-error Argument of type '"c"' is not assignable to parameter of type 'Operand<NonNullable<"a" | "b" | undefined>> | null'
  customers.where((u) => u.kind.eq('c'))
  // @ts-expect-error is not assignable to parameter of type 'Operand<number>'
  customers.where((u) => u.age.gt(u.name))
  // @ts-expect-error Property 'lowercase' does not exist
  customers.where((u) => u.age.lowercase().eq('x'))
  // @ts-expect-error Property 'gt' does not exist
  customers.where((u) => u.active.gt(true))
  // @ts-expect-error Expected 1 arguments, but got 0
  customers.where((u) => u.age.add().gt(1))
  // @ts-expect-error Type 'number' is not assignable to type 'boolean'
  customers.where((u) => u.age)
  // @ts-expect-error Type 'boolean' is not assignable to type 'TypedExpression<boolean>'
  customers.where((u) => u.age === 1)
  // @ts-expect-error Property 'nope' does not exist
  customers.where((u) => u.homes.any((home) => home.nope.eq('x')))
  // @ts-expect-error 'nope' is no field, and no path to one
  customers.filter({ age__gt: F('nope') })
  // @ts-expect-error takes a number
  customers.filter({ age__gt: now() })
  // @ts-expect-error is not assignable to type
  await customers.update({ age: now() })
  // @ts-expect-error Property 'nope' does not exist
  F('age').nope()
}

export function pages(): void {
  const customers = Customer.objects
  // @ts-expect-error Property 'perPage' is missing
  void customers.paginate({ page: 1 })
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  void customers.paginate({ page: '1', perPage: 1 })
  // @ts-expect-error is not assignable to parameter of type 'CursorOptions'
  void customers.cursor({})
  // @ts-expect-error is not assignable to parameter of type 'CursorOptions'
  void customers.cursor({ first: 1, before: 'x' })
  // @ts-expect-error is not assignable to parameter of type 'CursorOptions'
  void customers.cursor({ first: 1, last: 1 })
  // @ts-expect-error 'size' does not exist in type 'IterateOptions'
  customers.iterate({ size: 1 })
  // @ts-expect-error Type 'Manager<Customer>' must have a '[Symbol.iterator]()' method
  for (const customer of customers) void customer
  // @ts-expect-error 'nope' is no field, and no path to one
  customers.grid({}, { searchable: ['nope'] })
  // @ts-expect-error 'shop__nope' is no field, and no path to one
  customers.grid({}, { filterable: ['name', 'shop__nope'] })
  // @ts-expect-error 'nope' is no field, and no path to one
  customers.grid({}, { sortable: ['nope'] })
  // @ts-expect-error Type 'number' is not assignable to type 'string | readonly string[] | undefined'
  customers.grid({ age: 1 }, {})
}

export function aggregates(): void {
  const { objects } = Customer
  // @ts-expect-error Sum takes numbers, and 'name' has others
  void objects.sum('name')
  // @ts-expect-error 'nope' is no field, and no path to one
  void objects.avgSync('nope')
  // @ts-expect-error Min takes values that have an order
  void objects.min('tags')
  // @ts-expect-error 'homes__city' is no field, and no path to one
  void objects.max('homes__city')
  // @ts-expect-error 'nope' is no field, and no path to one
  void objects.aggregate({ n: Sum('nope') })
  // @ts-expect-error GroupConcat takes text, and 'age' has others
  objects.aggregateSync({ n: GroupConcat('age') })
  // @ts-expect-error unknown field 'nope'
  objects.aggregateSync({ n: CountIf({ nope: 1 }) })
  // @ts-expect-error unknown field 'nope'
  objects.aggregateSync({ n: CountIf(Q({ age: 1 }).or({ nope: 1 })) })
  // @ts-expect-error 'age' takes a number
  objects.aggregateSync({ n: SumIf('age', { age: 'x' }) })
  // @ts-expect-error 'a__b' has two underscores in it
  objects.aggregateSync({ a__b: Count() })
  // @ts-expect-error not assignable to type 'Aggregate
  objects.aggregateSync({ n: 'Count' })
  // @ts-expect-error 'nope' is no field, and no path to one
  objects.groupBy('nope')
  const groups = objects.groupBy('kind', 'address__city').aggregate({ n: Count() })
  // @ts-expect-error unknown field 'age'
  groups.having({ age: 1 })
  // @ts-expect-error 'n' takes a number
  groups.having({ n: 'x' })
  // @ts-expect-error a string of its type
  groups.having({ address__city__startswith: 1 })
  // @ts-expect-error '"age"' is not assignable to parameter of type
  groups.orderBy('age')
  // @ts-expect-error Property 'age' does not exist
  void groups.allSync()[0]!.age
  // @ts-expect-error is not assignable to type 'Aggregate
  groups.aggregate({ m: Sum })
}

export function columns(): void {
  const { objects } = Customer
  // @ts-expect-error not assignable to type 'DurationInput
  objects.cache({ ttl: true })
  // @ts-expect-error 'key' does not exist in type 'CacheReadOptions'
  objects.cache({ key: 'all' })
  const columns = objects.values('name').toColumnsSync()
  // @ts-expect-error Property 'age' does not exist
  void columns.age
  // @ts-expect-error not assignable to type 'number[]'
  const names: number[] = columns.name
  // @ts-expect-error Property 'save' does not exist
  void objects.toColumnsSync().save
  // @ts-expect-error 'batchSize' does not exist in type 'ArrowBatchOptions'
  objects.arrowBatches({ batchSize: 5 })
  void names
}

export function annotations(): void {
  const { objects } = Customer
  // @ts-expect-error 'nope' is no field, and no path to one
  objects.annotate({ total: 'nope' })
  // @ts-expect-error 'name' is neither a list nor a field of a list's items
  objects.annotate({ total: Count('name') })
  // @ts-expect-error inside of a record, an aggregate takes a list
  objects.annotate({ total: Count() })
  // @ts-expect-error Sum takes numbers, and 'homes__city' has others
  objects.annotate({ total: Sum('homes__city') })
  // @ts-expect-error 'name' is a field
  objects.annotate({ name: Count('tags') })
  // @ts-expect-error 'a__b' has two underscores in it
  objects.annotate({ a__b: Count('tags') })
  // @ts-expect-error not assignable to type
  objects.annotate({ total: 1 })
  // @ts-expect-error 'total' takes a number
  objects.annotate({ total: Count('tags') }).filter({ total: 'x' })
  // @ts-expect-error unknown field 'total'
  objects.filter({ total: 1 })
}

export async function expressionsOfRecords(): Promise<void> {
  const { objects } = Customer
  // @ts-expect-error Property 'nope' does not exist on type
  objects.annotate({ made: (customer) => customer.nope })
  // @ts-expect-error Property 'len' does not exist on type
  objects.annotate({ made: (customer) => customer.age.len() })
  // @ts-expect-error Type 'number' is not assignable to type 'TypedExpression<unknown>'
  objects.annotate({ made: () => 3 })
  // @ts-expect-error 'nope' is no field, and no path to one
  objects.annotate({ made: F('nope').uppercase() })
  // @ts-expect-error 'name' is a field
  objects.annotate({ name: (customer) => customer.name.uppercase() })
  // @ts-expect-error 'save' is a method or a getter of the model
  objects.annotate({ save: (customer) => customer.name })
  // @ts-expect-error 'greet' is a method or a getter of the model
  objects.annotate({ greet: Count('tags') })
  // @ts-expect-error 'isDirty' is a method or a getter of the model
  objects.annotate({ isDirty: Count('tags') })
  // @ts-expect-error 'nope' is no field, and no path to one
  objects.annotate({ upper: (customer) => customer.name.uppercase(), other: 'nope' })
  // @ts-expect-error 'a__b' has two underscores in it
  objects.annotate({ a__b: (customer) => customer.name })
  const made = objects.annotate({ upper: (customer) => customer.name.uppercase() })
  // @ts-expect-error 'upper' takes a string of its type
  made.filter({ upper: 1 })
  // @ts-expect-error Property 'gte' does not exist on type
  made.where((customer) => customer.upper.isEmail().gte(1))
  // @ts-expect-error Argument of type '"upper"' is not assignable to parameter of type
  made.only('upper')
  // @ts-expect-error Argument of type '"upper"' is not assignable to parameter of type
  made.omit('upper')
  const part = (await made.only('age').first())!
  // @ts-expect-error Property 'name' does not exist on type
  void part.name
  // @ts-expect-error Property 'trim' does not exist on type 'Address'
  void (await objects.annotate({ home: (customer) => customer.address }).get()).home?.trim()
}

export async function whatComesAlong(): Promise<void> {
  const { objects } = Cart
  // @ts-expect-error 'lines' is no link, no list of links, and no path to one
  objects.prefetch('lines')
  // @ts-expect-error 'customer__name' is no link, no list of links, and no path to one
  objects.prefetch('customer__name')
  // @ts-expect-error 'main__nope' is no link, no list of links, and no path to one
  objects.fetch('main__nope')
  // @ts-expect-error 'main' is no link, no list of links, and no path to one
  objects.prefetch({ main: Shop.objects })
  // @ts-expect-error 'nope' is no link, no list of links, and no path to one
  objects.prefetch({ nope: Shop.objects })
  // @ts-expect-error 'customer' is there already
  objects.prefetch({ customer: Incoming(Cart.objects, 'customer') })
  // @ts-expect-error 'name' is there already
  objects.prefetch({ customer__name: Incoming(Cart.objects, 'customer') })
  // @ts-expect-error 'nope' is no field
  objects.prefetch({ nope__carts: Incoming(Cart.objects, 'customer') })
  // @ts-expect-error 'lines' is no link, no list of links, and no path to one
  Incoming(Cart.objects, 'lines')
  // @ts-expect-error 'nope' is no link, no list of links, and no path to one
  Incoming(Cart.objects, 'nope')
  const [cart] = await objects.prefetch('main__from')
  // @ts-expect-error Property 'owner' does not exist on type 'string'
  void cart?.main?.from?.name.owner
  // @ts-expect-error Property 'name' does not exist on type 'Ref<Customer>'
  void cart?.customer?.name
  const [named] = await objects.prefetch({ customer: Customer.objects.only('name') })
  // @ts-expect-error Property 'age' does not exist on type
  void (named!.customer as Exclude<typeof named.customer, RecordId | undefined>).age
}

export async function plansAndChanges(): Promise<void> {
  const { objects } = Customer
  // @ts-expect-error 'analyze' does not exist in type 'ExplainOptions'
  void objects.explain({ analyze: true })
  // @ts-expect-error Property 'nope' does not exist on type 'QueryPlan'
  void (await objects.explain()).nope
  // @ts-expect-error Argument of type 'string' is not assignable to parameter of type
  void objects.raw('SELECT * FROM types_customer')
  // @ts-expect-error Property 'nope' does not exist on type 'Customer'
  void (await objects.raw(surql`SELECT * FROM types_customer`))[0]!.nope
  // @ts-expect-error Type 'number' is not assignable to type 'string'
  const names: string[] = await objects.raw<number>(surql`SELECT VALUE age FROM types_customer`, { plain: true })
  void names
  // @ts-expect-error Type '"INSERT"' is not assignable to type
  objects.live({ action: 'INSERT' })
  // @ts-expect-error 'wait' does not exist in type
  objects.liveSync({ wait: 3 })
  for await (const { document } of objects.live()) {
    // @ts-expect-error 'document' is possibly 'undefined'
    document.greet()
    // @ts-expect-error Property 'nope' does not exist on type 'Customer'
    document?.nope
  }
}

export function ordersByFunctions(): void {
  // @ts-expect-error Property 'nope' does not exist
  Customer.objects.orderBy((u) => u.nope)
  // @ts-expect-error is not assignable to type
  Customer.objects.orderBy(() => 'name')
  // @ts-expect-error 'nope' is no field, and no path to one
  Customer.objects.orderBy((u) => u.name, 'nope')
  // @ts-expect-error is missing in type 'DescendingExpression'
  Customer.objects.where((u) => u.active.desc())
  // @ts-expect-error Property 'desc' does not exist
  Customer.objects.orderBy((u) => u.age.desc().desc())
}
