import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from '@jest/globals'

interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly optional?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = readFileSync(path.join(__dirname, '../../package-lock.json'), 'utf8')
const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> }

it('names no registry', () => {
  expect(Object.keys(packages).filter((key) => packages[key]?.resolved !== undefined)).toEqual([])
})

it('knows the hash of every package that is always installed', () => {
  const isInstalled = ([key, { optional }]: [string, LockedPackage]) => key !== '' && optional !== true
  expect(
    Object.entries(packages)
      .filter(isInstalled)
      .filter(([, { integrity }]) => integrity === undefined),
  ).toEqual([])
})

// npm leaves out what the registry in use does not carry, and `npm ci` then refuses the lockfile
it('has an entry for the binaries of every platform', () => {
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  const locked = new Set(Object.keys(packages).map((key) => key.replace(/^.*node_modules\//, '')))
  expect(wanted.filter((name) => !locked.has(name))).toEqual([])
})
