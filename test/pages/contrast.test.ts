import { readFileSync } from 'node:fs'
import { test } from 'tap'

type Colour = readonly [number, number, number]

const css = readFileSync('src/pages/style.css', 'utf8')

const parse = (hex: string): Colour => {
  const [r = '', g = '', b = ''] =
    (hex.length === 3 ? hex.match(/./g)?.map(digit => digit + digit) : hex.match(/../g)) ?? []
  return [Number.parseInt(r, 16), Number.parseInt(g, 16), Number.parseInt(b, 16)]
}

const pairs = (source: string): Map<string, Colour[]> => {
  const found = source.matchAll(/(--[\w-]+): light-dark\(#(\w+), #(\w+)\)/g)
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, [parse(light), parse(dark)]]))
}

const luminance = (colour: Colour): number => {
  const [r = 0, g = 0, b = 0] = colour.map(part =>
    part <= 10.314 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (one: Colour, other: Colour): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const mix = (tone: Colour, ground: Colour): Colour =>
  [0, 1, 2].map(i => (tone[i] ?? 0) * 0.12 + (ground[i] ?? 0) * 0.88) as [number, number, number]

const tokens = pairs(css)
const token = (name: string, scheme: number): Colour => tokens.get(name)?.[scheme] ?? [0, 0, 0]

for (const [scheme, name] of ['light', 'dark'].entries()) {
  test(`in ${name}, text stands out from every ground by 4.5 to 1 and borders of controls by 3 to 1`, async t => {
    for (const ground of ['--paper', '--sunken', '--raised']) {
      for (const ink of ['--ink', '--soft', '--accent', '--press'])
        t.ok(contrast(token(ink, scheme), token(ground, scheme)) >= 4.5, `${ink} on ${ground}`)
      for (const edge of ['--edge', '--gold'])
        t.ok(contrast(token(edge, scheme), token(ground, scheme)) >= 3, `${edge} on ${ground}`)
    }
    for (const button of ['--accent', '--press'])
      t.ok(contrast(token('--on', scheme), token(button, scheme)) >= 4.5, button)
    t.ok(contrast(token('--ink', scheme), token('--line', scheme)) >= 4.5, 'a step’s number')
  })

  test(`in ${name}, a status stands out from its own tint by 4.5 to 1`, async t => {
    const tones = [...css.matchAll(/--tone: light-dark\([^)]*\)/g)].map(
      ([rule]) => pairs(rule).get('--tone')?.[scheme] ?? ([0, 0, 0] as const),
    )
    t.equal(tones.length, 4)
    const ground = token('--raised', scheme)
    for (const tone of [...tones, token('--soft', scheme)]) t.ok(contrast(tone, mix(tone, ground)) >= 4.5, String(tone))
  })
}
