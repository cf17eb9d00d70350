import { Collection, createConnection, Document, IntField, StringField } from 'surrealengine'

// plain JavaScript has no decorators: they are functions, so they are called
class PersonClass extends Document() {}
StringField({ required: true })(PersonClass.prototype, 'name')
IntField({ min: 0, default: 0 })(PersonClass.prototype, 'age')
const Person = Collection('person')(PersonClass) ?? PersonClass

const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()

const ada = await new Person({ name: 'Ada', age: 36 }).save()
console.log((await Person.get(ada.id)).name, Person.objects.filter({ age__gte: 18 }).allSync().length)
await connection.close()
