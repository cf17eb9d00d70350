import {
  AfterDelete,
  AfterSave,
  BeforeDelete,
  BeforeSave,
  BooleanField,
  Collection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  RecordIDField,
  ReferenceField,
  StringField,
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
