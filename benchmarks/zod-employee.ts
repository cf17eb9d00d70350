import { z } from 'zod'
import { DateTime, RecordId } from '../src/index.js'

const address = z.object({ city: z.string(), zip: z.string().max(10) })
const own = {
  id: z.instanceof(RecordId),
  name: z.string().max(80),
  age: z.int().min(0),
  score: z.number(),
  active: z.boolean(),
  employer: z.instanceof(RecordId).refine((id) => id.table.name === 'employer'),
  tags: z.array(z.string().min(1)),
  address,
}

/** A record as it is loaded: checked, copied, and its time made a Date. */
export const zodRecord = z.object({ ...own, joined: z.instanceof(DateTime).transform((moment) => moment.toDate()) })

/** A document as it is held. */
export const zodDocument = z.object({ ...own, joined: z.date() })
