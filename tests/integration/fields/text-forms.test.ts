import fc from 'fast-check'
import { EmailField, IPAddressField, SlugField, URLField } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix('EmailField', {
  make: EmailField,
  isFoundByValue: true,
  values: ['ann@example.com', "o'neil+tag@sub.example.co.uk", 'A.B_c-d@EXAMPLE.org'],
  refused: [
    '',
    'ann',
    'ann@',
    '@example.com',
    'ann@example',
    'a b@example.com',
    'a..b@example.com',
    ' ann@example.com',
    1,
  ],
  arbitrary: fc.stringMatching(/^[a-z0-9]{1,20}@[a-z0-9]{1,20}\.(com|org|museum)$/),
})

fieldMatrix('URLField', {
  make: URLField,
  isFoundByValue: true,
  values: [
    'https://example.com',
    'HTTP://user:x@[::1]:8080/a%20b?c=d#e',
    'http://localhost',
    'https://bücher.example/☃',
  ],
  refused: [
    '',
    'example.com',
    'http:/example.com',
    'http://',
    'javascript:alert(1)',
    'ftp://example.com',
    'https://a b',
    1,
  ],
  arbitrary: fc.webUrl({ withFragments: true, withQueryParameters: true }),
})

fieldMatrix('IPAddressField', {
  make: IPAddressField,
  isFoundByValue: true,
  values: ['127.0.0.1', '255.255.255.255', '::', '::1', '2001:db8::8a2e:370:7334', '::ffff:192.0.2.1'],
  refused: [
    '',
    '1.2.3',
    '256.1.1.1',
    '1.2.3.4/8',
    '01.2.3.4',
    ':::',
    '2001:db8::1::2',
    'g::1',
    'localhost',
    1,
    2130706433,
  ],
  arbitrary: fc.oneof(fc.ipV4(), fc.ipV6()),
})

fieldMatrix('SlugField', {
  make: SlugField,
  isFoundByValue: true,
  values: ['a', 'hello-world', 'A_1-', '42', '2024-01-01', '-'],
  refused: ['', 'a b', 'a.b', 'é', '☃', 'a\n', 'a/b', 'person:1', 1],
  arbitrary: fc.stringMatching(/^[a-zA-Z0-9_-]{1,60}$/),
})

fieldMatrix('SlugField of every script', {
  make: (options) => SlugField({ ...options, allowUnicode: true }),
  values: ['déjà-vu', '日本語', 'नमस्ते', '٤٢', 'a_b'],
  arbitrary: fc.stringMatching(/^[\p{L}\p{N}_-]{1,30}$/u),
  refused: ['', 'a b', '☃', '🧑‍🚀', 'a.b', 'a\n'],
})
