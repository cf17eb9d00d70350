import { Collection, Document, IntField, StringField } from 'surrealengine'

@Collection('country')
export class Country extends Document<Country>() {
  @StringField({ required: true, minLength: 2, maxLength: 2 }) code!: string
  @StringField() name?: string
  @IntField({ default: 0, min: 0 }) cities!: number
}
