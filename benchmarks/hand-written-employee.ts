import { RecordId } from '../src/index.js'
import type { EmployeeRecord } from './employees.js'

class HandWrittenAddress {
  constructor(
    readonly city: string,
    readonly zip: string,
  ) {}
}

/** What somebody writes who has one class and no package: the same values, and the same checks, without change tracking. */
export class HandWrittenEmployee {
  readonly id: RecordId
  readonly name: string
  readonly age: number
  readonly score: number
  readonly active: boolean
  readonly joined: Date
  readonly employer: RecordId
  readonly tags: readonly string[]
  readonly address: HandWrittenAddress

  constructor(record: EmployeeRecord) {
    this.id = record.id
    this.name = record.name
    this.age = record.age
    this.score = record.score
    this.active = record.active
    this.joined = record.joined.toDate()
    this.employer = record.employer
    this.tags = [...record.tags]
    this.address = new HandWrittenAddress(record.address.city, record.address.zip)
  }

  /** What is wrong with it, by field. */
  problems(): readonly string[] {
    const { address, age, tags } = this
    const problems: string[] = []
    if (typeof this.name !== 'string' || this.name.length > 80) problems.push('name')
    if (!Number.isSafeInteger(age) || age < 0) problems.push('age')
    if (typeof this.score !== 'number') problems.push('score')
    if (typeof this.active !== 'boolean') problems.push('active')
    if (!(this.joined instanceof Date) || Number.isNaN(this.joined.getTime())) problems.push('joined')
    if (!(this.employer instanceof RecordId) || this.employer.table.name !== 'employer') problems.push('employer')
    if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string' && tag.length > 0)) problems.push('tags')
    if (typeof address.city !== 'string') problems.push('address.city')
    if (typeof address.zip !== 'string' || address.zip.length > 10) problems.push('address.zip')
    return problems
  }
}
