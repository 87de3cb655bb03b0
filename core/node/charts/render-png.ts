/**
 * An SVG document as PNG bytes, `scale` times its own size. Letters are taken from the system's fonts: the one asked
 * for where it is there, else any sans-serif that is.
 */
export async function renderPng(svg: string, scale = 2): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js')
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  })
  return new Uint8Array(image.render().asPng())
}
