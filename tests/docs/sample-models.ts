/**
 * What the fragments in the documentation speak of: a block without imports sees these names and every public one.
 */
import {
  Collection,
  type Connection,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  type Ref,
  ReferenceField,
  StringField,
} from '../../src/index.js'

@Embeddable()
export class Address extends EmbeddedDocument<Address>() {
  @StringField() city?: string
  @StringField() zip?: string
}

@Collection('company')
export class Company extends Document<Company>() {
  @StringField({ required: true }) name!: string
}

@Collection('user')
export class User extends Document<User>() {
  @StringField({ required: true }) name!: string
  @IntField({ min: 0, default: 0 }) age!: number
  @StringField({ unique: true }) email?: string
  @StringField() status?: string
  @ListField(StringField()) tags?: string[]
  @EmbeddedField(() => Address) address?: Address
  @ReferenceField(() => Company) company?: Ref<Company>
}

export declare const connection: Connection
export declare const user: User
export declare const address: Address
export declare const company: Company
