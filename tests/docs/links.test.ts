import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from '@jest/globals'

const ROOT = path.join(__dirname, '../..')

const markdown = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...['docs', 'examples', 'benchmarks', 'tests']
    .filter((folder) => existsSync(path.join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter((file) => file.endsWith('.md') && !file.includes('node_modules')),
]

/** The text of a Markdown file without its code blocks. */
const prose = (file: string) => readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '')

/** The anchors of a file's headings, as GitHub makes them. */
const anchors = (file: string) =>
  [...prose(file).matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

const isBroken = (file: string, link: string): boolean => {
  const [target = '', anchor] = link.split('#')
  const linked = target === '' ? file : path.join(path.dirname(file), decodeURI(target))
  if (!existsSync(path.join(ROOT, linked))) return true
  return anchor !== undefined && linked.endsWith('.md') && !anchors(linked).includes(anchor)
}

it.each(markdown)('%s: relative links lead somewhere', (file) => {
  const links = [...prose(file).matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, link = '']) => link)
  expect(links.filter((link) => !/^[a-z]+:/.test(link) && isBroken(file, link))).toEqual([])
})

it.each(markdown)('%s: the files it names exist', (file) => {
  const named = [...prose(file).matchAll(/`((?:src|tests|docs|examples|benchmarks|scripts|\.ci)\/[\w./-]+)`/g)]
  expect(named.map(([, name = '']) => name).filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([])
})
