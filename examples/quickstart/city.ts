import { Collection, Document, Embeddable, EmbeddedDocument, EmbeddedField, FloatField, IntField } from 'surrealengine'
import { ReferenceField, StringField, type Ref } from 'surrealengine'
import { Country } from './country.js'

@Embeddable()
export class Position extends EmbeddedDocument<Position>() {
  @FloatField({ required: true, min: -90, max: 90 }) latitude!: number
  @FloatField({ required: true, min: -180, max: 180 }) longitude!: number
}

@Collection('city')
export class City extends Document<City>() {
  @StringField({ required: true }) name!: string
  @IntField({ default: 0, min: 0 }) population!: number
  @EmbeddedField(() => Position) position?: Position
  @ReferenceField(() => Country, { required: true }) country!: Ref<Country>
  @StringField() note?: string
}
