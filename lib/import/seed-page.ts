import { fold } from '@/lib/text/fold'

/** The organisation of the page that every directory starts with; it is real. */
export const SEED_PAGE = {
  nameFolded: fold('SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE'),
  country: 'BI',
}
