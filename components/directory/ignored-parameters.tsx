import { getTranslations } from 'next-intl/server'

type IgnoredParametersProps = { ignored: { parameter: string; value: string }[] }

/** Says which parts of the address were left out; nothing where all was understood. */
export async function IgnoredParameters({ ignored }: IgnoredParametersProps) {
  if (ignored.length === 0) return null
  const t = await getTranslations('Directory')
  return (
    <p className="notice">
      {t('ignored')}{' '}
      {ignored.map(({ parameter, value }, index) => (
        <code key={index}>
          {index === 0 ? '' : ' '}
          {parameter}={value.length > 60 ? `${value.slice(0, 60).toWellFormed()}…` : value}
        </code>
      ))}
    </p>
  )
}
