import { Collection, createConnection, Document, IntField, StringField } from 'surrealengine'

@Collection('person')
class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
  @IntField({ min: 0, default: 0 }) age!: number
}

const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()

const ada = await new Person({ name: 'Ada', age: 36 }).save()
const name: string = (await Person.get(ada.id)).name
const grown: Person[] = Person.objects.filter({ age__gte: 18 }).allSync()
// @ts-expect-error a lookup that does not exist is a compile error
const wrong = () => Person.objects.filter({ age__never: 18 })

console.log(name, grown.length, typeof wrong)
await connection.close()
