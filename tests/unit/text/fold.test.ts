import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { fold } from '@/lib/text/fold'

describe('fold', { timeout: 30_000 }, () => {
  it.each([
    ['Réseau', 'reseau'],
    ['ŒUVRE', 'oeuvre'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['L’été', "l'ete"],
    ['l`été', "l'ete"],
    ['« mot »', "' mot '"],
    ['Việt Nam', 'viet nam'],
    ['İstanbul', 'istanbul'],
    ['Diyarbakır', 'diyarbakir'],
    ['Łódź', 'lodz'],
    ['Московский Ёлка', 'московскии елка'],
    ['Ελλάς', 'ελλασ'],
    ['أُسْرَة', 'اسره'],
    ['فِی', 'في'],
    ['हिन्दी', 'हिन्दी'],
    ['ประเทศไทย', 'ประเทศไทย'],
    ['대한민국', '대한민국'],
    ['ガンビア', 'ガンビア'],
    ['ＡＢＣ', 'abc'],
    // Written as one character, it becomes a quotation mark of another kind first.
    ['ŉ', "'n"],
    ['a ‴', "a '''"],
    ['  Two \t\n words ', 'two words'],
    [' \t ', ''],
    ['co\u00ADopé\u200Bration', 'cooperation'],
    ['a\u00A0\u202Fb\t\nc ', 'a b c'],
    ['Guinée–Bissau', 'guinee-bissau'],
    ['Guinée‑Bissau', 'guinee-bissau'],
  ])('%j → %j', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('spells out ligatures and letters, and knows every kind of quotation mark, dash and invisible character', async () => {
    vi.resetModules()
    const anew = await import('@/lib/text/fold')
    const pairs = [
      ['œuvre Œ', 'oeuvre oe'],
      ['æ Æ', 'ae ae'],
      ['ß', 'ss'],
      ['þ Þ', 'th th'],
      ['ð', 'd'],
      ['ø Ø', 'o o'],
      ['đ', 'd'],
      ['ł', 'l'],
      ['ħ', 'h'],
      ['ı', 'i'],
      ['ς', 'σ'],
      ['ٱ', 'ا'],
      ['ى', 'ي'],
      ['ة', 'ه'],
      ['ی', 'ي'],
      ['ک', 'ك'],
      ['é\u0301\u0302 й Ώ', 'e и ω'],
      ['أُسْرَة', 'اسره'],
      ['हिन्दी', 'हिन्दी'],
      ['«mot» ‘mot’ ´', "'mot' 'mot' '"],
      ['a–b—c‑d−e', 'a-b-c-d-e'],
      ['co\u00AD\u200Bopé', 'coope'],
      // Plain but for one character at its beginning or its end.
      ['éa', 'ea'],
      ['aé', 'ae'],
      ['日本', '日本'],
    ]
    expect(pairs.map(([text = '']) => [text, anew.fold(text)])).toEqual(pairs)
  })

  it('does without the general way where all of the text is plain', () => {
    const general = vi.spyOn(String.prototype, 'normalize')
    expect(fold(' A  "plain" `text`')).toBe("a 'plain' 'text'")
    expect(general).not.toHaveBeenCalled()
    expect(fold('é')).toBe('e')
    expect(general).toHaveBeenCalled()
  })

  it('treats plain text as it treats any other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(fold(`e${text}e`)).toBe(fold(`é${text}é`))
      }),
    )
  })

  it('is the same when folded again, and for composed and decomposed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
        expect(fold(text.normalize('NFD'))).toBe(fold(text))
      }),
      { numRuns: 500 },
    )
  })
})
