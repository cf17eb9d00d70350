import type { Report } from './check.js'

const field = (path: string, type: string): string =>
  `DEFINE FIELD OVERWRITE ${path} ON \`toolchain_employee\` TYPE ${type}`

const eve = {
  id: 'toolchain_employee:eve',
  name: 'Eve',
  age: 9,
  rank: 7,
  tags: ['a'],
  address: { city: 'Paris', floor: 1 },
  homes: [{ city: 'Rome', floor: 1 }],
  company: 'toolchain_company:acme',
  born: '2001-02-03T04:05:06.789Z',
  salary: 1000,
  state: 'new',
}

const loaded = {
  id: 'toolchain_employee:1',
  name: 'Ann',
  age: 41,
  tags: ['a'],
  address: { city: 'Paris', floor: 2 },
}

/** What every compiler has to make of the models. */
export const EXPECTED: Report = {
  construction: {
    given: {
      id: 'toolchain_employee:eve',
      name: 'Eve',
      age: 9,
      rank: 7,
      tags: [],
      address: { city: 'Paris', floor: 1 },
      salary: 5,
      state: 'new',
    },
    bare: { age: 3, rank: 7, tags: [], salary: 1000, state: 'new' },
    notes: ['of no field', 'of no field'],
    labels: ['Eve (9), 5', 'Ann (3)'],
    classes: [true, true, true, 'Employee'],
    embedded: [{ city: 'Lyon', floor: 3 }, { floor: 1 }],
    sharesNothing: true,
    states: [true, true],
    issues: [
      ['name', 'required'],
      ['age', 'custom'],
      ['address.city', 'required'],
    ],
    unknown: [['nope', 'unknown_field']],
  },
  definition: {
    statements: [
      'DEFINE TABLE OVERWRITE `toolchain_employee` TYPE NORMAL SCHEMAFULL',
      field('`name`', 'string'),
      field('`age`', 'none | null | int'),
      field('`rank`', 'none | null | int'),
      field('`tags`', 'none | null | array<string>'),
      field('`address`', 'none | object'),
      field('`address`.`city`', 'string'),
      field('`address`.`floor`', 'none | null | int'),
      field('`homes`', 'none | array<object>'),
      field('`homes`.*', 'object'),
      field('`homes`.*.`city`', 'string'),
      field('`homes`.*.`floor`', 'none | null | int'),
      field('`company`', 'none | null | record<`toolchain_company`>'),
      field('`born`', 'none | null | datetime'),
      field('`salary`', 'none | null | int'),
      field('`state`', 'none | null | string'),
    ],
    query:
      'SELECT * FROM `toolchain_company` WHERE ((`boss`.`company`.`name` = $p0) AND (`boss`.`address`.`city` = $p1))',
  },
  loading: {
    before: loaded,
    changed: ['tags', 'address'],
    states: [false, false, true, false],
    reverted: loaded,
    record: loaded,
  },
  saving: {
    states: [false, false, false, true, true, false],
    first: eve,
    second: {
      ...eve,
      tags: ['a', 'b'],
      address: { city: 'Lyon', floor: 1 },
      homes: [{ city: 'Rome', floor: 8 }],
      born: '2002-02-03T04:05:06.789Z',
    },
    found: ['Eve (9), 1000'],
    boss: 'Bob',
  },
}
