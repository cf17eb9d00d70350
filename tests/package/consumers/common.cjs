'use strict'
const { Collection, createConnection, Document, IntField, StringField } = require('surrealengine')

class PersonClass extends Document() {}
StringField({ required: true })(PersonClass.prototype, 'name')
IntField({ min: 0, default: 0 })(PersonClass.prototype, 'age')
const Person = Collection('person')(PersonClass) ?? PersonClass

const connection = createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connectSync()

const ada = new Person({ name: 'Ada', age: 36 }).saveSync()
console.log(Person.getSync(ada.id).name, Person.objects.filter({ age__gte: 18 }).allSync().length)
connection.closeSync()
