import { BoundIncluded, F, RecordId, RecordIdRange, Table } from '../../../src/index.js'
import type { Place } from './reading-places.js'
import type { Chain, Fields } from './world.js'

/** Every place of a write that takes a name, which may be refused, or a value, which may not. */
export const writingPlaces: Readonly<Record<string, Place>> = {
  'a new document': ({ objects, key, value }) =>
    objects.createSync({ text: value, counts: { [key]: 1 }, tags: [value] }),
  'a new document with its id': ({ objects, value }) => objects.createSync({ id: value, text: value }),
  'a new document with what is no field': ({ unknown, key, value }) =>
    unknown.createSync({ text: value, [`x${key}`]: value }),
  'a change of a document': ({ model, connection, key, value, table, column }) => {
    const loaded = model.fromRecord({ id: new RecordId(table, value), [`t${column}`]: 'old', [`c${column}`]: { a: 1 } })
    Object.assign(loaded, { text: `${value}!`, counts: { [key]: 2 } })
    return loaded.saveSync({ connection: connection as never })
  },
  'a document that is loaded again': ({ model, connection, value, table }) =>
    model.fromRecord({ id: new RecordId(table, value) }).refreshSync({ connection: connection as never }),
  'a document that is deleted': ({ model, connection, value, table }) =>
    model.fromRecord({ id: new RecordId(table, value) }).deleteSync({ connection: connection as never }),
  'many documents': ({ objects, key, value }) =>
    objects.bulkCreateSync([
      { id: value, text: value, counts: { [key]: 1 } },
      { id: `${value}2`, text: value },
    ]),
  'many documents at once or not': ({ objects, value }) =>
    objects.bulkCreateSync([{ id: value, text: value }], { onConflict: 'ignore', atomic: true }),
  'what is there already': ({ objects, value }) =>
    objects.bulkCreateSync([{ id: value, text: value, tags: [value] }], {
      onConflict: 'update',
      updateFields: ['tags'],
    }),
  'changes of many documents': ({ objects, model, value, table, column }) => {
    const loaded = model.fromRecord({ id: new RecordId(table, value), [`t${column}`]: 'old' })
    Object.assign(loaded, { text: `${value}!` })
    return objects.bulkUpdateSync([loaded], ['text'])
  },
  'getOrCreate()': ({ objects, value }) => objects.getOrCreateSync({ text: value }, { tags: [value] }),
  'updateOrCreate()': ({ objects, value }) =>
    objects.updateOrCreateSync({ text: value }, { update: { tags: [value] }, create: { number: 1 } }),
  'upsert()': ({ objects, key, value }) => objects.upsertSync({ id: value, text: value, counts: { [key]: 1 } }),
  'update()': ({ objects, key, value }) =>
    objects.filter({ text: value, id: value }).updateSync({ text: value, counts: { [key]: 1 }, tags: undefined }),
  'update() of what is no field': ({ unknown, key, value }) =>
    unknown.filter({ text: value }).updateSync({ [`x${key}`]: value }),
  'update() with F': ({ objects, key, value }) =>
    objects.filter({ text: value }).updateSync({ text: F('text').concat(value), number: F(`counts__${key}`).add(1) }),
  'update() with a function': ({ objects, key, value }) =>
    objects
      .filter({ text: value })
      .updateSync((u: Fields) => ({ text: u.text.coalesce(value).concat(value), number: u.counts.at(key).add(1) })),
  'update() of a slice': ({ objects, key, value }) =>
    objects.filter({ text: value }).orderBy(`counts__${key}`).limit(2).updateSync({ text: value }),
  'update() of a search': ({ objects, value }) => objects.search(value).limit(2).updateSync({ text: value }),
  'delete()': ({ objects, key, value }) => objects.filter({ text: value, [`counts__${key}`]: 1 }).deleteSync(),
  'select of a connection': ({ connection, value }) => connection.selectSync(new Table(value)),
  'select of a record': ({ connection, value }) => connection.selectSync(new RecordId(value, value)),
  'select of a range': ({ connection, value }) =>
    connection.selectSync(new RecordIdRange(value, new BoundIncluded(value), new BoundIncluded(value))),
  'create of a connection': ({ connection, key, value }) => connection.createSync(new Table(value), { [key]: value }),
  'insert of a connection': ({ connection, key, value }) => connection.insertSync(new Table(value), [{ [key]: value }]),
  'insertRelation of a connection': ({ connection, key, value }) =>
    connection.insertRelationSync(new Table(value), {
      in: new RecordId(value, 1),
      out: new RecordId(value, 2),
      [key]: value,
    }),
  'update of a connection': ({ connection, key, value }) =>
    connection.updateSync(new RecordId(value, value), { [key]: value }),
  'upsert of a connection': ({ connection, key, value }) =>
    connection.upsertSync(new RecordId(value, value), { [key]: value }),
  'merge of a connection': ({ connection, key, value }) =>
    connection.mergeSync(new RecordId(value, value), { [key]: value }),
  'patch of a connection': ({ connection, key, value }) =>
    connection.patchSync(new RecordId(value, value), [{ op: 'replace', path: `/${key}`, value }]),
  'delete of a connection': ({ connection, value }) => connection.deleteSync(new RecordId(value, value)),
  'relate of a connection': ({ connection, key, value }) =>
    connection.relateSync(new RecordId(value, 1), new Table(value), new RecordId(value, 2), { [key]: value }),
  'bindings of a connection': ({ connection, value }) => connection.querySync('RETURN $a', { a: value }),
  'arguments of a function': ({ connection, value }) => connection.runSync('fn::greet', [value]),
}

/** Places of a write that take names of the model: anything else is refused before it is sent. */
export const refusingWrites: Readonly<Record<string, Place>> = {
  'a field of update()': ({ objects, value }) => objects.filter({ text: 'a' }).updateSync({ [value]: 1 }),
  'a field that a conflict updates': ({ objects, value }) =>
    objects.bulkCreateSync([{ id: 1, text: 'a' }], { onConflict: 'update', updateFields: [value] }),
  'what becomes of a conflict': ({ objects, value }) =>
    objects.bulkCreateSync([{ id: 1, text: 'a' }], { onConflict: value }),
  'how many at once': ({ objects, value }) => objects.bulkCreateSync([{ id: 1, text: 'a' }], { batchSize: value }),
  'a field of bulkUpdate()': ({ objects, model, value, table }) =>
    objects.bulkUpdateSync([model.fromRecord({ id: new RecordId(table, 1) })], [value]),
  'a field of getOrCreate()': ({ objects, value }) => objects.getOrCreateSync({ [value]: 1 }),
  'the name of a function': ({ connection, value }) => connection.runSync(value),
  'the version of a function': ({ connection, value }) => connection.runSync('ml::a', [], value),
  'a query without conditions': ({ objects, value }) => (objects as Chain).updateSync({ text: value }),
}
