import { listed, type Some } from './random.ts'

export const firstNames: Some<string> = listed(
  'Aroha, Wiremu, Mereana, Tāne, Hine, Rawiri, Anahera, Nikau, Charlotte, Oliver, Isla, Jack, Amelia, Noah, ' +
    'Sione, Losa, Priya, Arjun, Mei, Wei, Sofia, Lucas, Ngaire, Graham, Siobhán, Chloë, Renée, Malia, Tevita, ' +
    'Harriet, George, Ruby, Finn, Zoë, Hamish, Bronwyn, Kiri, Ana, Manaia, Beatrice, Theo, Imogen, Callum, ' +
    'Freya, Elijah, Jun, Farah, Omar, Ingrid, Lars',
)

export const lastNames: Some<string> = listed(
  "Ngata, Parata, Te Whata, Henare, Rangihuna, Smith, Williams, O'Connor, MacDonald, Fraser, Taufa, Fifita, " +
    'Patel, Singh, Chen, Wang, Kim, Müller, Hansen, van der Berg, Thompson, Walker, Scott, Campbell, Tipene, ' +
    'Kahukiwa, Robertson, Baker, Clarke, Nguyễn, García, Rossi, Brown, Hughes, Morgan, Wilson-Grey, Pukeroa, ' +
    'Sinclair, Marsden, Tautahi, Bell, Ashworth, Lim, Rajan, Hill',
)

/** Town, suburb, postcode, region. */
export const towns: Some<readonly [town: string, suburb: string, postcode: string, region: string]> = [
  ['Auckland', 'Newmarket', '1023', 'Auckland'],
  ['Wellington', 'Te Aro', '6011', 'Wellington'],
  ['Christchurch', 'Riccarton', '8011', 'Canterbury'],
  ['Hamilton', 'Frankton', '3204', 'Waikato'],
  ['Dunedin', 'Roslyn', '9010', 'Otago'],
  ['Tauranga', 'Mount Maunganui', '3116', 'Bay of Plenty'],
  ['Napier', 'Ahuriri', '4110', "Hawke's Bay"],
  ['Nelson', 'Stoke', '7011', 'Nelson'],
  ['Rotorua', 'Ngongotahā', '3010', 'Bay of Plenty'],
  ['Palmerston North', 'Awapuni', '4412', 'Manawatū-Whanganui'],
  ['New Plymouth', 'Fitzroy', '4312', 'Taranaki'],
  ['Whangārei', 'Kensington', '0112', 'Northland'],
  ['Invercargill', 'Windsor', '9810', 'Southland'],
  ['Gisborne', 'Kaitī', '4010', 'Gisborne'],
  ['Queenstown', 'Frankton', '9300', 'Otago'],
  ['Blenheim', 'Springlands', '7201', 'Marlborough'],
  ['Timaru', 'Highfield', '7910', 'Canterbury'],
  ['Taupō', 'Hilltop', '3330', 'Waikato'],
  ['Masterton', 'Lansdowne', '5810', 'Wellington'],
  ['Greymouth', 'Cobden', '7802', 'West Coast'],
]

export const streets: Some<string> = listed(
  'Nuffield Street, Cuba Street, Riccarton Road, Commerce Street, Stafford Street, Marine Parade, ' +
    'Bridge Street, Devon Street East, Tay Street, Rata Avenue, Kōwhai Crescent, Station Road, Totara Place',
)

const brandStarts: Some<string> = listed(
  'Kererū, Pōhutukawa, Kōwhai, Tūī, Pipi, Rimu, Harbour, Southern, Fernhill, Longbay, Old Mill, Stony Creek, ' +
    'Wharf Lane, Paddock, Moa Hill, Lighthouse, Two Rivers, Blue Heron, High Country, Windrow',
)
const brandEnds: Some<string> = listed(
  'Ridge, & Co, Pantry, Lane, Works, Provisions, House, Trading, Mills, Goods, Kitchen, Farm, Makers, Supply, ' +
    'Collective, Brothers',
)
const supplierEnds: Some<string> = listed(
  'Wholesale, Distributors, Imports, Foods Ltd, Agencies, Traders NZ, Partners, Holdings',
)

const tagWords: Some<string> = listed(
  'new, clearance, gift idea, summer, winter, gluten free, vegan, local maker, online only, fragile, ' +
    'seasonal, staff pick, bestseller, plastic free, made in NZ, loyalty x2, catalogue, promo',
)

/** Different for each index below 320. */
export const brandName = (index: number): string => pair(brandStarts, brandEnds, index)

/** Different for each index below 160. */
export const supplierName = (index: number): string => pair(brandStarts, supplierEnds, index)

/** Different for each index. */
export function tagName(index: number): string {
  const word = tagWords[index % tagWords.length] ?? tagWords[0]
  const round = Math.floor(index / tagWords.length)
  return round === 0 ? word : `${word} ${round + 2020}`
}

function pair(starts: Some<string>, ends: Some<string>, index: number): string {
  const start = starts[index % starts.length] ?? starts[0]
  const turn = Math.floor(index / starts.length)
  const end = ends[(index + turn) % ends.length] ?? ends[0]
  const round = Math.floor(turn / ends.length)
  return round === 0 ? `${start} ${end}` : `${start} ${end} ${round + 1}`
}
