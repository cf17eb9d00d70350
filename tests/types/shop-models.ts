import {
  AnyField,
  AfterDelete,
  AfterSave,
  BeforeDelete,
  BeforeSave,
  BooleanField,
  Collection,
  ComputedField,
  DateTimeField,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IncomingReferenceField,
  IntField,
  ListField,
  ObjectField,
  OptionField,
  PointField,
  RecordIDField,
  ReferenceField,
  SequenceField,
  SetField,
  StringField,
  surql,
  UnionField,
  VectorField,
  type GeometryPoint,
  type RecordId,
  type Ref,
} from 'surrealengine'

/** Models with every kind of field, and two that point at each other. */
@Embeddable()
export class Address extends EmbeddedDocument<Address>() {
  @StringField({ required: true }) city!: string
  @IntField() floor?: number
}

@Collection('types_shop')
export class Shop extends Document<Shop>() {
  @StringField({ required: true }) name!: string
  @IntField() turnover!: number
  @ReferenceField(() => Customer) owner?: Ref<Customer>
  @EmbeddedField(() => Address) address?: Address
}

@Collection('types_customer')
export class Customer extends Document<Customer>() {
  @StringField({ required: true }) name!: string
  @IntField({ default: 18 }) age!: number
  @IntField() points?: number | bigint
  @FloatField() height?: number | null
  @BooleanField() active?: boolean
  @DateTimeField() born?: Date
  @StringField({ choices: ['a', 'b'] }) kind?: 'a' | 'b'
  @ListField(StringField()) tags?: string[]
  @ListField(EmbeddedField(() => Address)) homes?: Address[]
  @EmbeddedField(() => Address) address?: Address
  @ReferenceField(() => Shop) shop?: Ref<Shop>
  @RecordIDField() subject?: RecordId
  // a field that the model computes has no type of its own in the database
  get label(): string {
    return `${this.name} (${this.age})`
  }
  @BeforeSave() lowerCase(): void {
    this.name = this.name.toLowerCase()
  }
  @AfterSave() async notify(): Promise<void> {}
  @BeforeDelete() @AfterDelete() protected async forget(): Promise<number> {
    return 1
  }
  greet(): string {
    return this.label
  }
}

@Collection('types_vip')
export class Vip extends Customer.extend<Vip>() {
  @IntField() level!: number
}

@Collection('types_holder')
export class Holder extends Document<Holder>() {
  @DictField(IntField()) scores?: Record<string, number>
  @DictField(ListField(EmbeddedField(() => Address))) homes?: Record<string, Address[]>
  @ObjectField({ city: StringField({ required: true }), zip: StringField() }) place?: { city: string; zip?: string }
  @ObjectField() anything?: Record<string, unknown>
  @SetField(StringField()) tags?: Set<string>
  @OptionField(IntField()) maybe?: number
  @ReferenceField(() => [Shop, Customer]) from?: Ref<Shop | Customer>
  @ListField() things?: unknown[]
  @AnyField({ type: surql`[int, string]` }) tuple?: [number, string]
  @ListField(OptionField(IntField())) gaps?: (number | undefined)[]
  @UnionField(IntField(), StringField()) either?: number | string
  @UnionField([IntField(), EmbeddedField(() => Address)], { required: true }) pair!: number | Address
  @PointField() at?: GeometryPoint
  @VectorField(3) vector?: number[]
  @SequenceField({ name: 'holder' }) number!: number
  @ComputedField(surql`1 + 1`, IntField()) readonly two?: number
  @IncomingReferenceField(() => Shop, 'owner') readonly shops?: Ref<Shop>[]
}
