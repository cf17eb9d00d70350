// A registry mirror may lack some optional platform packages; npm then drops them from the lockfile, and `npm ci` refuses it. Adds an entry (version, os, cpu, libc; no integrity) for each optional dependency the lockfile has no entry for.
// usage: node scripts/complete-lockfile.mjs [dir]   after every `npm install` that changed dependencies
import { readFileSync, writeFileSync } from 'node:fs'
const file = (process.argv[2] ?? '.') + '/package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8'))
const find = (from, name) => {
  for (let base = from; ; base = base.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const key = (base ? base + '/' : '') + 'node_modules/' + name
    if (lock.packages[key]) return key
    if (!base) return undefined
  }
}
const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const CPU = ['arm64', 'arm', 'ia32', 'x64', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32']
const added = []
for (const [from, p] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(p.optionalDependencies ?? {})) {
    if (find(from, name)) continue
    const parts = name.split(/[-/]/)
    const os = OS.find((o) => parts.includes(o)),
      cpu = CPU.find((c) => parts.includes(c)) ?? (parts.includes('armv7') ? 'arm' : undefined)
    const libc =
      parts.some((x) => /^(gnu|glibc)/.test(x)) && os === 'linux'
        ? 'glibc'
        : parts.some((x) => /^musl/.test(x)) && os === 'linux'
          ? 'musl'
          : undefined
    const cpuName = cpu ?? (os && 'any')
    const version = /^[~^]?(\d+\.\d+\.\d+\S*)$/.exec(range)?.[1]
    added.push(`${name}@${range} os=${os} cpu=${cpuName} libc=${libc} by ${from}`)
    if (!version) {
      console.log('!! no version for', name, range)
      continue
    }
    lock.packages['node_modules/' + name] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(p.dev && { dev: true }),
      ...(libc && { libc: [libc] }),
      license: p.license,
      optional: true,
      ...(os && { os: [os] }),
      ...(p.engines && { engines: p.engines }),
    }
  }
}
const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
lock.packages = sorted
writeFileSync(file, JSON.stringify(lock, null, 2) + '\n')
console.log(added.join('\n'), `\n${added.length} added`)
