import { text } from '../options.ts'

/** What a supplier can be given, at its making and later. */
export const supplierOptions = {
  description: text('<text>', 'A note on it'),
  company: text('<name>', 'Its company'),
  'first-name': text('<name>', 'Whom one speaks to'),
  'last-name': text('<name>', 'Whom one speaks to'),
  email: text('<address>', 'Where orders go'),
  phone: text('<number>', 'Its phone'),
  mobile: text('<number>', 'Its mobile'),
  website: text('<address>', 'Its website'),
}

type Given = { [Name in keyof typeof supplierOptions]: string | undefined }

/** The same by the names of the API. */
export function supplierFields(given: Given) {
  const { description, company, email, phone, mobile, website } = given
  return {
    ...(description === undefined ? {} : { description }),
    ...(company === undefined ? {} : { companyName: company }),
    ...(given['first-name'] === undefined ? {} : { firstName: given['first-name'] }),
    ...(given['last-name'] === undefined ? {} : { lastName: given['last-name'] }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(website === undefined ? {} : { website }),
  }
}
