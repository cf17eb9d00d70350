import { t, table } from 'surqlize'

const fields = {
  name: t.string(),
  email: t.string(),
  age: t.number(),
  score: t.number(),
  active: t.bool(),
  joined: t.date(),
  tags: t.array(t.string()),
  address: t.object({ city: t.string(), zip: t.string() }),
}

/** The tables of models.ts as surqlize declares them. */
export const person = table('person', fields)
export const written = table('written', fields)
export const team = table('team', { name: t.string(), captain: t.record('person') })
